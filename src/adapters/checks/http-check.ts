import { z } from 'zod';

import { matches, patternProblem } from '#domain/configuration/pattern.ts';
import { condition } from '#domain/expressions/evaluate.ts';
import { readAnswer } from '#domain/foreign-answer.ts';
import type { Json, JsonObject } from '#domain/json.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';
import type { Timings } from '#ports/outbound.ts';
import { PortError } from '#ports/port-error.ts';

import type { CheckKind } from './check-kind.ts';
import { aimOf } from './http-connection.ts';
import { failed, inputsOf, measured, took, tookText, unavailable } from './outcome.ts';
import { shownHeaders } from './shown.ts';

/** What is read of a body; `expect` sees no more of it. */
const MAX_BYTES = 64 * 1024;
const MAX_REDIRECTS = 5;

const With = z.object({
  url: z.string(),
  connection: z.string().optional(),
  method: z.string().default('GET'),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.json().optional(),
  expect: z.object({ bodyMatches: z.string().optional(), json: z.string().optional() }).default({}),
  followRedirects: z.boolean().default(false),
});

/**
 * Calls a URL once. What only this place can tell of `expect` (it has the whole body) goes into
 * `problems`; status and duration are judged by the kind's own verdict.
 */
export const httpCheck: CheckKind = {
  async measure(request, options, deps) {
    const { outbound, secrets } = deps;
    const { method, headers, body, expect, followRedirects, ...where } = inputsOf(With, request);
    const aim = aimOf(request, { url: where.url, connection: where.connection }, deps);
    const outcome = await outbound.request(
      {
        url: aim.url,
        method,
        headers: { ...contentType(body), ...aim.headers, ...inLowerCase(headers) },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        redirects: followRedirects ? MAX_REDIRECTS : 0,
        maxBytes: MAX_BYTES,
      },
      options,
    );
    if (!outcome.ok) return failed(outcome.failure, {});

    const response = outcome.value;
    const text = secrets.scrub(Buffer.from(response.body).toString('utf8'));
    const answer = readAnswer(text, response.truncated);
    const { problems, error } = problemsIn(text, answer.json, expect);
    const result: JsonObject = {
      status: response.status,
      duration: took(response.timings.total),
      timings: shownTimings(response.timings),
      headers: shownHeaders(response.headers, (value) => secrets.scrub(value)),
      body: answer.shown,
      ...(problems.length > 0 && { problems }),
    };
    // An expression that fails says nothing, unless the answer is bad enough without it.
    if (error !== null && !isProblem(result, request.with)) return unavailable(error);
    return measured(result, `answered ${response.status} in ${tookText(response.timings.total)}`);
  },
};

function problemsIn(
  text: string,
  json: { value: Json } | null,
  expect: { bodyMatches?: string | undefined; json?: string | undefined },
): { problems: readonly string[]; error: string | null } {
  const problems: string[] = [];
  if (expect.bodyMatches !== undefined && !find(expect.bodyMatches, text)) {
    problems.push(`the body does not match ${expect.bodyMatches}`);
  }
  if (expect.json === undefined) return { problems, error: null };
  if (json === null) return { problems: [...problems, 'the body is not JSON'], error: null };

  const holds = condition(expect.json, { inputs: {}, inputSpecs: {}, steps: {}, body: json.value });
  if (!holds.ok) return { problems, error: `expect.json: ${holds.error}` };
  return { problems: holds.value ? problems : [...problems, `not ${expect.json}`], error: null };
}

function find(pattern: string, text: string): boolean {
  const problem = patternProblem(pattern);
  if (problem === null) return matches(pattern, text);
  throw new PortError('checks.with', `expect.bodyMatches: ${problem}`, { retry: false });
}

function isProblem(result: JsonObject, withInputs: JsonObject): boolean {
  return kindOf('check.http')?.defaultVerdict(result, withInputs)?.verdict === 'fail';
}

function contentType(body: Json | undefined): Record<string, string> {
  return body === undefined || typeof body === 'string'
    ? {}
    : { 'content-type': 'application/json' };
}

/** What a step writes goes before what its connection has, however either is spelled. */
function inLowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

function shownTimings({ dns, connect, tls, firstByte }: Timings): JsonObject {
  return {
    dns: took(dns),
    connect: took(connect),
    ...(tls !== null && { tls: took(tls) }),
    firstByte: took(firstByte),
  };
}
