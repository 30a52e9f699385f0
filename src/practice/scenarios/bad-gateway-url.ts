import { turn } from './control.ts';
import type { Scenario } from './scenario.ts';

/** The report's incident: build 1842 ships a wrong address of the payment gateway. */
export const badGatewayUrl: Scenario = {
  name: 'bad-gateway-url',
  title: 'A deploy ships a wrong payment-gateway URL',
  sentence: 'Every order fails from the deploy on. The rollback is the way out.',
  begin: (controlUrl) => turn(controlUrl, 'bad-build', true),
  begun: 'Build 1842 is being deployed.',
  chores: [],
};
