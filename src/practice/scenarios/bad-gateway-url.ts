import type { Scenario } from './scenario.ts';

/** The report's incident: build 1842 ships a wrong address of the payment gateway. */
export const badGatewayUrl: Scenario = {
  name: 'bad-gateway-url',
  title: 'A deploy ships a wrong payment-gateway URL',
  async begin(controlUrl) {
    const response = await fetch(new URL('/deploys', controlUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ environment: 'production', build: '1842' }),
      signal: AbortSignal.timeout(5_000),
    });
    if (!response.ok) {
      throw new Error(`the practice shop answered ${response.status} to the deploy`);
    }
  },
};
