import { z } from 'zod';

import { PLACE, hostname, place, port, shape, defaultsTo } from './shape.ts';
import { fail, inconclusive, pass, READ_OUTCOMES, type StepKind } from './step-kind.ts';

const MIN_DAYS_LEFT = 14;

export const tlsCheck: StepKind = {
  name: 'check.tls',
  role: 'read',
  outcomes: READ_OUTCOMES,
  with: shape({
    ...place,
    host: hostname.describe('The host whose certificate is looked at.'),
    port: port.optional().meta(defaultsTo(443, 'The port to connect to.')),
    servername: hostname.optional().describe('The name to ask for. Default: the host.'),
    minDaysLeft: z
      .int()
      .min(0)
      .optional()
      .meta(defaultsTo(MIN_DAYS_LEFT, 'How long it must still be valid.')),
  }).describe('Looks at the certificate of a host.'),
  result: shape({
    authorized: z.boolean(),
    error: z.string().nullish(),
    daysLeft: z.number().nullable(),
    validTo: z.string().nullish(),
    issuer: z.string().nullish(),
    subject: z.string().nullish(),
    altNames: z.array(z.string()).nullish(),
    protocol: z.string().nullish(),
  }),
  inherits: PLACE,
  connectionRole: null,
  defaultVerdict(result, withInputs) {
    const { authorized, daysLeft } = result;
    if (typeof authorized !== 'boolean') return inconclusive('no certificate was read');
    if (!authorized) return fail(`the certificate is not trusted: ${text(result['error'])}`);
    if (typeof daysLeft !== 'number') return inconclusive('the date of expiry is not known');

    const limit = withInputs['minDaysLeft'];
    const minimum = typeof limit === 'number' ? limit : MIN_DAYS_LEFT;
    return daysLeft >= minimum
      ? pass(`valid for ${daysLeft} more days`)
      : fail(`expires in ${daysLeft} days, expected ${minimum} or more`);
  },
};

function text(error: unknown): string {
  return typeof error === 'string' ? error : 'no reason given';
}
