import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

import type { OutboundRequest, OutboundResponse } from '#ports/outbound.ts';

import type { Attempt } from './attempt.ts';
import { readBody } from './body.ts';

/** An import of `node:http` reads all it exports, and with `WebSocket` loads a second HTTP client. */
const { request: sendRequest } = process.getBuiltinModule('node:http');

const MAX_HEADER_BYTES = 32 * 1024;
/**
 * Ours to say: a second opinion about the frame of a request would be read as a second request, and
 * another host behind the same front is not the one that was checked and given the credentials.
 */
const OURS = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'transfer-encoding',
  'upgrade',
]);
/** `100 Continue` and its like; whoever sends more is not going to answer. */
const MOST_PROMISES = 8;

/**
 * One request and its answer over a socket that is there already; the socket is closed after it, and
 * with it whatever is still under way when the attempt is given up.
 */
export async function exchange(
  socket: Socket,
  url: URL,
  request: OutboundRequest,
  attempt: Attempt,
): Promise<Omit<OutboundResponse, 'timings' | 'url'>> {
  try {
    const response = await attempt.during('response', () => answered(socket, url, request));
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
): Promise<IncomingMessage> {
  const ours = Object.keys(headers).find((name) => OURS.has(name.toLowerCase()));
  if (ours !== undefined) throw unsendable(`the header ${ours} can't be set`);
  if (method.toUpperCase() === 'CONNECT') throw unsendable('there is no CONNECT through the gate');
  const answer = Promise.withResolvers<IncomingMessage>();
  const sending = sendRequest(
    {
      createConnection: () => socket,
      method,
      path: url.pathname + url.search,
      maxHeaderSize: MAX_HEADER_BYTES,
      headers: {
        host: url.host,
        'accept-encoding': 'gzip, deflate, br',
        ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
        ...headers,
      },
    },
    answer.resolve,
  );
  let promises = 0;
  sending.on('information', () => {
    promises += 1;
    if (promises > MOST_PROMISES) sending.destroy(notHttp('promises without an answer'));
  });
  sending.on('upgrade', () => answer.reject(notHttp('another protocol')));
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

function unsendable(why: string): Error {
  return Object.assign(new Error(why), { code: 'ERR_INVALID_CHAR' });
}

function notHttp(what: string): Error {
  return Object.assign(new Error(what), { code: 'NOT_HTTP' });
}
