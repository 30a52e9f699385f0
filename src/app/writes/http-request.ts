import { textOf, textsOf, type Json, type JsonObject } from '#domain/json.ts';
import type { ConnectionSettings } from '#domain/runbook/settings.ts';
import { PortError } from '#ports/port-error.ts';

import { targetOf } from './target.ts';
import { ended, type WriteDeps, type WriteKind, type WriteRequest } from './write-kind.ts';

const over = { role: 'http', types: ['http'] } as const;

/** Nobody can be asked what became of it: an answer that is lost is `unknown`, and it is sent only once. */
export const httpRequest: WriteKind = {
  uses: 'http.request',

  async plan(deps, request) {
    const { url, connection } = aimOf(deps, request);
    const { service, environment } = request;
    const method = textOf(request.with['method']);
    const body = request.with['body'];
    const place = { action: 'http.request', service, environment, method };
    const { origin, pathname, searchParams } = new URL(url);
    const plan = {
      ...place,
      ...(connection !== null && { connection }),
      url: origin + pathname,
      parameters: [...new Set(searchParams.keys())],
      ...bodyFacts(body),
    };
    const bound = { ...place, connection, url, body: body ?? null };
    return { kind: 'plan', plan, bound, migrations: [] };
  },

  async send(deps, { request, key }, signal) {
    const { url, connection } = aimOf(deps, request);
    const method = textOf(request.with['method']);
    const body = request.with['body'];
    const answer = await deps.httpRequests.send(connection, { url, method, body, key }, signal);
    if (answer.kind === 'notSent') return ended('failed', `Nothing was sent: ${answer.message}.`);
    const { status } = answer;
    const outcome = status >= 200 && status < 300 ? 'succeeded' : 'failed';
    return ended(outcome, `Answered ${status}`, { status, body: answer.body });
  },

  lookUp: null,

  words(plan) {
    const method = textOf(plan['method']);
    const url = textOf(plan['url']);
    const keys = textsOf(plan['bodyKeys']);
    const parameters = textsOf(plan['parameters']);
    const connection = textOf(plan['connection']);
    return {
      what: `${method} ${url}`,
      from: '',
      to: '',
      change: '',
      short: '',
      approve: 'Approve request',
      details: [
        ...(keys.length === 0 ? [] : [`Sends ${keys.join(', ')}`]),
        ...textsOf(plan['body']),
        ...(parameters.length === 0 ? [] : [`With the parameters ${parameters.join(', ')}`]),
        ...(connection === '' ? [] : [`With the credentials of ${connection}`]),
        'Sent once: if the answer is lost, somebody has to look',
      ],
      warnings: [],
    };
  },
};

/** The values stay out of the plan: it is shown and kept. */
function bodyFacts(body: Json | undefined): JsonObject {
  if (body === undefined) return {};
  if (typeof body === 'string') return { body: `Sends ${body.length} characters of text` };
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
    return { bodyKeys: Object.keys(body) };
  }
  return { body: 'Sends JSON' };
}

/**
 * A path is below the URL of the step's `http` connection, or else of its service's; a whole URL goes
 * over the connection that it belongs to, if there is one. A drill reaches nothing else than what is
 * marked for drills, so there it must belong to one.
 */
function aimOf(deps: WriteDeps, request: WriteRequest): { url: string; connection: string | null } {
  const { connections, services } = deps.runbooks.settings();
  const { with: inputs, service, mode } = request;
  const url = textOf(inputs['url']);
  const named = textOf(inputs['connection']);
  const own = connections[named || (services[service]?.connections['http'] ?? '')];
  const belongs = url.startsWith('/') || isBelow(url, own);
  if (!belongs && named === '' && mode !== 'drill') return { url: checked(url), connection: null };

  const { connection } = targetOf(deps, request, over);
  if (!belongs) throw refused(`${url} is not at the connection ${connection}.`);
  const base = (connections[connection]?.url ?? '').replace(/\/+$/, '');
  return { url: checked(url.startsWith('/') ? base + url : url), connection };
}

function isBelow(url: string, connection: ConnectionSettings | undefined): boolean {
  const base = connection?.url ?? null;
  return base !== null && URL.parse(url)?.origin === URL.parse(base)?.origin;
}

function checked(url: string): string {
  if (URL.canParse(url)) return url;
  throw refused(`${url} is not a URL.`);
}

function refused(message: string): PortError {
  return new PortError('writes.url', message, { retry: false });
}
