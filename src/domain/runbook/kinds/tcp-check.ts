import { z } from 'zod';

import { PLACE, durationText, hostname, place, port, shape } from './shape.ts';
import { fail, inconclusive, pass, READ_OUTCOMES, type StepKind } from './step-kind.ts';

export const tcpCheck: StepKind = {
  name: 'check.tcp',
  role: 'read',
  outcomes: READ_OUTCOMES,
  with: shape({
    ...place,
    host: hostname.describe('The host to connect to.'),
    port: port.describe('The port to connect to.'),
  }).describe('Connects to a port.'),
  result: shape({
    connected: z.boolean(),
    duration: durationText.nullish(),
    error: z.string().nullish(),
  }),
  inherits: PLACE,
  connectionRole: null,
  defaultVerdict({ connected }) {
    if (typeof connected !== 'boolean') return inconclusive('no connection was tried');
    return connected ? pass('connected') : fail('could not connect');
  },
};
