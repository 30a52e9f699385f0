import { z } from 'zod';

import { PLACE, anyJson, durationText, httpUrl, place, shape, defaultsTo } from './shape.ts';
import { fail, inconclusive, pass, READ_OUTCOMES, type StepKind } from './step-kind.ts';

export const loadCheck: StepKind = {
  name: 'check.load',
  role: 'read',
  outcomes: READ_OUTCOMES,
  with: shape({
    ...place,
    url: httpUrl.describe('The URL to call. Production is refused.'),
    rate: z.number().positive().max(1_000).describe('Requests a second.'),
    duration: durationText.describe('For how long.'),
    method: z
      .enum(['GET', 'HEAD', 'POST', 'PUT'])
      .optional()
      .meta(defaultsTo('GET', 'The request method.')),
    body: anyJson.optional().describe('Text is sent as it is, anything else as JSON.'),
    maxInFlight: z.int().min(1).max(1_000).optional().describe('Requests open at one time.'),
  }).describe('Sends a bounded load, never to production.'),
  result: shape({
    requests: z.int(),
    errorRate: z.number().nullable(),
    p50: durationText.nullish(),
    p95: durationText.nullish(),
    p99: durationText.nullish(),
  }),
  inherits: PLACE,
  connectionRole: null,
  defaultVerdict({ requests, errorRate }) {
    if (typeof errorRate !== 'number' || requests === 0) return inconclusive('nothing was sent');
    return errorRate === 0 ? pass('no request failed') : fail('some requests failed');
  },
};
