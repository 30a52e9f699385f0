import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

import { serve } from '#test/support/serve.ts';

type Operation = { id: string; key: string; from: string; to: string };

const deployments = ['1842', '1841'].map((build, index) => ({
  id: `d-${build}`,
  build,
  commit: null,
  actor: 'dora',
  kind: 'deploy',
  status: 'succeeded',
  startedAt: `2026-11-22T0${9 - index}:00:00Z`,
  finishedAt: `2026-11-22T0${9 - index}:01:00Z`,
  rolledBackFrom: null,
  url: null,
  commits: [],
  files: [],
  futureField: true,
}));

const values = {
  URL: { value: 'https://api.gateway-a.example', secret: false },
  KEY: { value: null, secret: true },
};

/** The smallest deploy API that keeps the contract. `before` may answer instead, or do nothing. */
export async function serveDeployApi(
  before: (request: IncomingMessage, response: ServerResponse, started: number) => boolean = () =>
    false,
) {
  const operations: Operation[] = [];
  const freeze: { frozen: boolean; reason: string | null } = { frozen: false, reason: null };
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request);
    if (before(request, response, operations.length)) return;
    const answer = answerTo(request, body, operations, freeze);
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer.body));
  };
  const server = await serve((request, response) => void respond(request, response));
  return Object.assign(server, { started: () => operations.length });
}

function answerTo(
  request: IncomingMessage,
  body: string,
  operations: Operation[],
  freeze: { frozen: boolean; reason: string | null },
): { status: number; body: object } {
  const url = new URL(request.url ?? '/', 'http://api');
  const path = url.pathname.replace('/v1/services/check%20out/environments/production', '');
  if (request.headers.authorization !== 'Bearer t0ken-t0ken') {
    return { status: 401, body: { code: 'unauthenticated', message: 'no token' } };
  }
  if (path === '/deployments') {
    const limit = Number(url.searchParams.get('limit'));
    return { status: 200, body: { deployments: deployments.slice(0, limit) } };
  }
  if (path.endsWith('/configuration')) return { status: 200, body: { deployment: 'd', values } };
  if (path === '/freeze') {
    if (request.method === 'PUT') Object.assign(freeze, JSON.parse(body));
    return { status: 200, body: freeze };
  }
  if (path !== '/rollbacks') {
    return { status: 200, body: shown(operations.find(({ id }) => path.endsWith(id))) };
  }
  if (request.method === 'GET') {
    const found = operations.filter(({ key }) => key === url.searchParams.get('key'));
    return { status: 200, body: { rollbacks: found.map(shown) } };
  }
  return start(String(request.headers['idempotency-key']), JSON.parse(body), operations);
}

function start(
  key: string,
  { from, to }: { from: string; to: string },
  operations: Operation[],
): { status: number; body: object } {
  const known = operations.find((operation) => operation.key === key);
  if (known !== undefined) return { status: 200, body: shown(known) };
  if (!deployments.some(({ id }) => id === to)) {
    return { status: 422, body: { code: 'unknown_target', message: `${to} is not known` } };
  }
  if (from !== 'd-1842') {
    return { status: 409, body: { code: 'changed', message: 'no', current: 'd-1842' } };
  }
  const operation = { id: `r-${operations.length + 1}`, key, from, to };
  operations.push(operation);
  return { status: 202, body: shown(operation) };
}

function shown(operation: Operation | undefined): object {
  return { ...operation, status: 'running', url: null, message: null };
}
