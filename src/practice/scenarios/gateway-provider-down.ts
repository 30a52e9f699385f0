import { turn } from './control.ts';
import type { Scenario } from './scenario.ts';

/** Gateway A refuses connections, and no deploy has anything to do with it. */
export const gatewayProviderDown: Scenario = {
  name: 'gateway-provider-down',
  title: 'A payment gateway stops answering',
  sentence: 'Payments by card fail. A flag sends them through the other gateway.',
  begin: (controlUrl) => turn(controlUrl, 'gateway-down', true),
  begun: 'Gateway A refuses connections now.',
  chores: [
    {
      button: /^Tickets? opened$/,
      word: 'ticket',
      meaning: 'you open a ticket with the provider of gateway A, which brings it back',
      done: (controlUrl) => turn(controlUrl, 'gateway-down', false),
    },
  ],
};
