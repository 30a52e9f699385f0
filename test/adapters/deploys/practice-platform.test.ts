import { createDeployApi } from '#adapters/deploys/http/deploy-api.ts';
import { createOutbound } from '#adapters/outbound/outbound.ts';
import { createSecrets } from '#adapters/secrets/secrets.ts';
import type { Outbound } from '#ports/outbound.ts';
import { createShop } from '#practice/shop/shop.ts';
import { deploysContract } from '#test/contracts/deploys.ts';

const target = { connection: 'deploys', service: 'checkout', environment: 'production' };

/** Two programs that were written to one document, over the network. */
deploysContract('the HTTP adapter before the practice platform', async () => {
  const shop = await createShop({ ordersPerSecond: 0, deployToken: 'practice-token' });
  const gate = createOutbound({
    settings: () => ({ allow: ['127.0.0.1'], hosts: {}, nameServers: [], ca: null }),
  });
  let started = 0;
  const outbound: Outbound = {
    ...gate,
    async request(request, options) {
      const outcome = await gate.request(request, options);
      if (outcome.ok && outcome.value.status === 202) started += 1;
      return outcome;
    },
  };
  const deploys = createDeployApi({
    outbound,
    secrets: createSecrets({ env: { TOKEN: shop.deployToken } }),
    connections: () => ({
      deploys: {
        type: 'deploy-api',
        url: shop.deployApiUrl,
        drill: true,
        options: { token: '${{ secrets.TOKEN }}' },
      },
    }),
  });
  const [current, earlier] = await deploys.list(target, 2, AbortSignal.timeout(5_000));
  return {
    deploys,
    target,
    current: current?.id ?? '',
    earlier: earlier?.id ?? '',
    started: () => started,
    [Symbol.asyncDispose]: () => shop.close(),
  };
});
