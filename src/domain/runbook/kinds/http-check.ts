import { z } from 'zod';

import { parseDuration } from '#domain/duration.ts';
import { isJsonObject, type JsonObject } from '#domain/json.ts';
import { valueText } from '#domain/metrics/value-text.ts';

import {
  CONNECTED_PLACE,
  anyJson,
  celText,
  connectedPlace,
  durationText,
  httpUrlOrPath,
  shape,
  defaultsTo,
} from './shape.ts';
import { fail, inconclusive, pass, READ_OUTCOMES, type StepKind } from './step-kind.ts';

const Expect = shape({
  status: z
    .union([z.int().min(100).max(599), z.array(z.int().min(100).max(599)).min(1)])
    .optional()
    .describe('The status, or a list of statuses, that is well. Default: any 2xx.'),
  maxDuration: durationText.optional().describe('The whole answer must be there in this time.'),
  bodyMatches: z.string().min(1).optional().describe('A regular expression (RE2) for the body.'),
  json: celText.optional().describe('CEL over `body`; false is a problem.'),
});

export const httpWith = shape({
  ...connectedPlace,
  url: httpUrlOrPath.describe('The URL to call, or a path below that of the `http` connection.'),
  method: z
    .enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
    .optional()
    .meta(defaultsTo('GET', 'The request method.')),
  headers: z.record(z.string(), z.string()).optional().describe('Request headers.'),
  body: anyJson.optional().describe('Text is sent as it is, anything else as JSON.'),
  expect: Expect.optional().describe('What a healthy answer looks like. All of it must be met.'),
  followRedirects: z.boolean().optional().meta(defaultsTo(false, 'Go where a redirect points.')),
});

/** `problems` is filled by whoever measured: what of `expect` the answer did not meet, in words. */
const httpResult = shape({
  status: z.int(),
  duration: durationText,
  timings: shape({
    dns: durationText.nullish(),
    connect: durationText.nullish(),
    tls: durationText.nullish(),
    firstByte: durationText.nullish(),
  }).nullish(),
  headers: z.record(z.string(), z.string()).nullish(),
  body: anyJson.nullish(),
  problems: z.array(z.string()).nullish(),
  error: z.string().nullish(),
});

export const httpCheck: StepKind = {
  name: 'check.http',
  role: 'read',
  outcomes: READ_OUTCOMES,
  with: httpWith.describe('Calls a URL and looks at what it answers.'),
  result: httpResult,
  inherits: CONNECTED_PLACE,
  connectionRole: null,
  defaultVerdict(result, withInputs) {
    const status = result['status'];
    if (typeof status !== 'number') return inconclusive('no answer was read');

    const problems = [
      ...statusProblems(status, expectOf(withInputs)['status']),
      ...slowness(result['duration'], expectOf(withInputs)['maxDuration']),
      ...(Array.isArray(result['problems']) ? result['problems'].map(String) : []),
    ];
    return problems.length === 0 ? pass(`answered ${status}`) : fail(problems.join('; '));
  },
};

function expectOf(withInputs: JsonObject): JsonObject {
  const expect = withInputs['expect'];
  return isJsonObject(expect) ? expect : {};
}

function statusProblems(status: number, expected: unknown): readonly string[] {
  const wanted = Array.isArray(expected) ? expected : expected === undefined ? null : [expected];
  if (wanted === null) {
    return status >= 200 && status < 300 ? [] : [`answered ${status}, expected 2xx`];
  }
  return wanted.includes(status) ? [] : [`answered ${status}, expected ${wanted.join(' or ')}`];
}

function slowness(duration: unknown, limit: unknown): readonly string[] {
  if (typeof limit !== 'string') return [];
  const took = typeof duration === 'string' ? parseDuration(duration) : null;
  const allowed = parseDuration(limit);
  if (took === null || allowed === null) return ['the time it took is not known'];
  return took <= allowed ? [] : [`took ${valueText(took / 1_000, 'seconds')}, allowed ${limit}`];
}
