import { turn } from './control.ts';
import type { Scenario } from './scenario.ts';

/** The checkout rightly hangs up. Only the provider can renew, and only after somebody has asked. */
export const certificateExpired: Scenario = {
  name: 'certificate-expired',
  title: 'A payment gateway shows an expired certificate',
  sentence: 'Fail over, ask the provider for a renewal, wait for it, and switch back.',
  begin: (controlUrl) => turn(controlUrl, 'certificate-expired', true),
  begun: 'The certificate of gateway A is over.',
  chores: [
    {
      button: /^Ticket opened$/,
      word: 'ticket',
      meaning: 'you open a ticket with the provider of gateway A, which renews its certificate',
      done: (controlUrl) => turn(controlUrl, 'certificate-expired', false),
    },
  ],
};
