import type { Environment } from '#practice/shop/deploys/environment.ts';

import type { Fault } from './fault.ts';

const key = 'PAYMENT_GATEWAY_B_API_KEY';

/** Nothing is deployed for it: the settings of what runs are changed where it runs. */
export function wrongParity(production: Environment): Fault {
  return {
    id: 'wrong-parity',
    title: 'Wrong parity',
    sentence: `Somebody takes ${key} out of production by hand; staging has it. Gateway B rejects payments by wallet.`,
    isOn: () => production.drifted().includes(key),

    async set(on) {
      const done = on ? takeOut(production) : production.reconcile();
      return done ? null : 'Another change is under way.';
    },
  };
}

function takeOut(production: Environment): boolean {
  const running = production.list(100).find(({ status }) => status === 'succeeded');
  const { [key]: _, ...others } = production.find(running?.id ?? '')?.settings ?? {};
  return production.changeByHand(others);
}
