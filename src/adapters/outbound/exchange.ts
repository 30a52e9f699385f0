import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

import type { OutboundRequest, OutboundResponse } from '#ports/outbound.ts';

import type { Attempt } from './attempt.ts';
import { readBody } from './body.ts';

/** An import of `node:http` reads all it exports, and with `WebSocket` loads a second HTTP client. */
const { request: sendRequest } = process.getBuiltinModule('node:http');

const MAX_HEADER_BYTES = 32 * 1024;
/** What frames a request is ours to say: a second opinion would be read as a second request. */
const FRAMING = new Set(['connection', 'content-length', 'expect', 'transfer-encoding', 'upgrade']);

/** One request and its answer over a socket that is there already; the socket is closed after it. */
export async function exchange(
  socket: Socket,
  url: URL,
  request: OutboundRequest,
  attempt: Attempt,
): Promise<Omit<OutboundResponse, 'timings' | 'url'>> {
  try {
    const response = await attempt.during('response', () =>
      answered(socket, url, request, attempt.signal),
    );
    const headers = plainHeaders(response.headers);
    const body = await attempt.during('body', () =>
      readBody(response, headers['content-encoding'], request.maxBytes),
    );
    return { status: response.statusCode ?? 0, headers, ...body };
  } finally {
    socket.destroy();
  }
}

/** Resolves with the head of the answer. A connection that ends before it is not made again. */
async function answered(
  socket: Socket,
  url: URL,
  { method = 'GET', headers = {}, body }: OutboundRequest,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const framing = Object.keys(headers).find((name) => FRAMING.has(name.toLowerCase()));
  if (framing !== undefined) throw unsendable(framing);
  const answer = Promise.withResolvers<IncomingMessage>();
  const sending = sendRequest(
    {
      createConnection: () => socket,
      method,
      path: url.pathname + url.search,
      maxHeaderSize: MAX_HEADER_BYTES,
      signal,
      headers: {
        host: url.host,
        'accept-encoding': 'gzip, deflate, br',
        ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
        ...headers,
      },
    },
    answer.resolve,
  );
  // It may fail again once it is answered: whoever reads the body is told then.
  sending.on('error', answer.reject);
  sending.end(body);
  return answer.promise;
}

function plainHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
}

function unsendable(name: string): Error {
  return Object.assign(new Error(`the header ${name} can't be set`), { code: 'ERR_INVALID_CHAR' });
}
