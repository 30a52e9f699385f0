import { setTimeout } from 'node:timers/promises';

import { z } from 'zod';

import { control } from './control.ts';
import type { Scenario } from './scenario.ts';

const Deployment = z.object({ build: z.string(), status: z.string() });
const State = z.object({ deployments: z.object({ production: z.array(Deployment) }) });

const gatewayB = 'api.gateway-b.example';

/**
 * Build 1843 breaks a rule and harms nobody. Gateway B goes down just then: everything speaks for a
 * rollback, which succeeds and changes nothing.
 */
export const rollbackDoesNotHelp: Scenario = {
  name: 'rollback-does-not-help',
  title: 'The deploy was innocent, and the rollback does not help',
  sentence: 'Payments by wallet fail right after a deploy that has nothing to do with it.',
  async begin(controlUrl) {
    await control(controlUrl, 'POST', '/deploys', { environment: 'production', build: '1843' });
    while (!(await runs(controlUrl, '1843'))) await setTimeout(50);
    await control(controlUrl, 'PATCH', '/faults', { gateways: { [gatewayB]: { down: true } } });
  },
  begun: 'Build 1843 is deployed, and something else has happened.',
  chores: [
    {
      button: /^Ticket opened$/,
      word: 'ticket',
      meaning: 'you open a ticket with the provider of gateway B, which brings it back',
      async done(controlUrl) {
        await control(controlUrl, 'PATCH', '/faults', {
          gateways: { [gatewayB]: { down: false } },
        });
      },
    },
  ],
};

async function runs(controlUrl: string, build: string): Promise<boolean> {
  const { deployments } = State.parse(await control(controlUrl, 'GET', '/state'));
  return deployments.production.some((one) => one.build === build && one.status === 'succeeded');
}
