import { control } from './control.ts';
import type { Scenario } from './scenario.ts';

/** The report's incident: build 1842 ships a wrong address of the payment gateway. */
export const badGatewayUrl: Scenario = {
  name: 'bad-gateway-url',
  title: 'A deploy ships a wrong payment-gateway URL',
  begin: (controlUrl) =>
    control(controlUrl, 'POST', '/deploys', { environment: 'production', build: '1842' }),
  begun: 'Build 1842 is being deployed.',
  answers: [/^Roll back/, /^Resolve$/],
};
