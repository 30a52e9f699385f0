import { turn } from './control.ts';
import type { Scenario } from './scenario.ts';

/** Nothing fails, so nobody is paged: an alert suggests an incident, and a person declares it. */
export const slowGateway: Scenario = {
  name: 'slow-gateway',
  title: 'A payment gateway is slow',
  sentence: 'Orders by card take over a second. Find out which gateway it is, and go around it.',
  begin: (controlUrl) => turn(controlUrl, 'slow-gateway', true),
  begun: 'Gateway A takes its time now.',
  chores: [
    {
      button: /^Tickets? opened$/,
      word: 'ticket',
      meaning: 'you open a ticket with the provider of gateway A, which makes it fast again',
      done: (controlUrl) => turn(controlUrl, 'slow-gateway', false),
    },
  ],
};
