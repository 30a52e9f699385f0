import { createShop } from '#practice/shop/shop.ts';
import { flagsContract } from '#test/contracts/flags.ts';
import { call } from '#test/practice/shop/call.ts';

import { flagsAt, target } from './flags-at.ts';

/** Two programs that were written to one document, over the network. */
flagsContract('the HTTP adapter before the practice platform', async () => {
  const shop = await createShop({ ordersPerSecond: 0 });
  const url = `${shop.flagsApiUrl}/v1/services/checkout/environments/production/flags/${target.flag}`;
  const headers = { authorization: `Bearer ${shop.flagsToken}`, 'idempotency-key': 'by-hand' };
  const flags = flagsAt('http', shop.flagsApiUrl, undefined, shop.flagsToken);
  let changes = 0;
  return {
    flags: {
      ...flags,
      async set(place, change, signal) {
        const before = await flags.read(place, signal);
        const result = await flags.set(place, change, signal);
        if ((await flags.read(place, signal)) !== before) changes += 1;
        return result;
      },
    },
    target,
    changes: () => changes,
    async setByHand(value: boolean) {
      await call('PUT', url, { headers, body: { value, expected: !value, reason: '' } });
    },
    async loseAnswers() {
      await call('PATCH', `${shop.controlUrl}/faults`, { body: { flags: 'lost' } });
    },
    [Symbol.asyncDispose]: () => shop.close(),
  };
});
