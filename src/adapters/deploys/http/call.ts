import type { z } from 'zod';

import type { ConnectionSettings } from '#domain/runbook/settings.ts';
import { parseForeign } from '#domain/well-formed-json.ts';
import type { Target } from '#ports/deploys.ts';
import type { Outbound, OutboundResponse } from '#ports/outbound.ts';
import { PortError } from '#ports/port-error.ts';
import type { Secrets } from '#ports/secrets.ts';

import { Problem } from './answers.ts';

const MAX_BYTES = 4 * 1024 * 1024;
/** Of one request; whoever calls may give up sooner by its signal. */
const TIMEOUT_MS = 15_000;

export type Call = {
  target: Target;
  /** Below the service and environment; already encoded. */
  path: string;
  signal: AbortSignal;
  start?: { key: string; body: object };
  put?: object;
};

export type CallDeps = {
  outbound: Outbound;
  secrets: Secrets;
  connections: () => Readonly<Record<string, ConnectionSettings>>;
};

/** One request to the deploy API, never repeated. Throws a PortError when no answer came. */
export async function call(deps: CallDeps, { target, path, signal, start, put }: Call) {
  const { url, token } = connectionOf(deps, target.connection);
  const place = [target.service, target.environment].map(encodeURIComponent);
  const body = start?.body ?? put;
  const outcome = await deps.outbound.request(
    {
      url: `${url}/v1/services/${place[0]}/environments/${place[1]}/${path}`,
      method: start !== undefined ? 'POST' : put !== undefined ? 'PUT' : 'GET',
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        ...(body && { 'content-type': 'application/json' }),
        ...(start && { 'idempotency-key': start.key }),
      },
      ...(body && { body: JSON.stringify(body) }),
      maxBytes: MAX_BYTES,
    },
    { timeoutMs: TIMEOUT_MS, signal },
  );
  if (outcome.ok) return outcome.value;

  const { failure } = outcome;
  const code = failure.sent ? 'deploys.unknown' : 'deploys.unreachable';
  throw new PortError(
    code,
    `The deploy API gave no answer: ${failure.message} (${failure.code}).`,
    {
      retry: failure.sent || failure.retry || failure.fault === 'target',
    },
  );
}

/** The answer as the contract has it. A start that got anything else may have begun all the same. */
export function read<T>(schema: z.ZodType<T>, response: OutboundResponse): T {
  const parsed = schema.safeParse(parseForeign(Buffer.from(response.body).toString('utf8')));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined ? '' : ` (${issue.path.join('.')}: ${issue.message})`;
  throw new PortError(
    'deploys.unknown',
    response.truncated
      ? 'The answer of the deploy API is too long.'
      : `The answer of the deploy API is not what its contract says${where}.`,
    { retry: true, cause: parsed.error },
  );
}

/** For a status other than 2xx. From 500 on, and for 429, the same call may succeed later. */
export function refusedBy(response: OutboundResponse): PortError {
  const { status } = response;
  const problem = problemIn(response);
  const code =
    status >= 500 ? 'deploys.unknown' : status === 429 ? 'deploys.busy' : 'deploys.refused';
  return new PortError(code, `The deploy API answered ${status}: ${problem.message}`, {
    retry: status >= 500 || status === 429,
  });
}

export function problemIn(response: OutboundResponse): z.output<typeof Problem> {
  const parsed = Problem.safeParse(parseForeign(Buffer.from(response.body).toString('utf8')));
  if (!parsed.success) return { code: '', message: 'no reason given' };
  return { ...parsed.data, message: parsed.data.message.slice(0, 500) };
}

function connectionOf(deps: CallDeps, name: string): { url: string; token: string } {
  const connection = deps.connections()[name];
  const token = connection?.options['token'];
  if (connection?.type !== 'deploy-api' || connection.url === null || typeof token !== 'string') {
    throw new PortError(
      'deploys.connection',
      `The connection ${name} needs the type deploy-api, a url and a token.`,
      { retry: false },
    );
  }
  return { url: connection.url.replace(/\/+$/, ''), token: deps.secrets.resolve(token).reveal() };
}
