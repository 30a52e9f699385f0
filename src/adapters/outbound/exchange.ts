import type { Socket } from 'node:net';

import { Client } from 'undici';

import type { OutboundRequest, OutboundResponse } from '#ports/outbound.ts';

import type { Attempt } from './attempt.ts';
import { readBody } from './body.ts';

const MAX_HEADER_BYTES = 32 * 1024;

/** One request and its answer over a socket that is there already; the socket is closed after it. */
export async function exchange(
  socket: Socket,
  url: URL,
  request: OutboundRequest,
  attempt: Attempt,
): Promise<Omit<OutboundResponse, 'timings' | 'url'>> {
  let given = false;
  const client = new Client(url.origin, {
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: 0,
    bodyTimeout: 0,
    // Undici is in the middle of its own loop here, and takes an answer only after it.
    connect: (_options, done) => {
      queueMicrotask(() => {
        if (given || socket.destroyed) done(closed(), null);
        else done(null, socket);
        given = true;
      });
    },
  });
  try {
    const response = await attempt.during('response', () =>
      client.request({
        method: request.method ?? 'GET',
        path: url.pathname + url.search,
        headers: { 'accept-encoding': 'gzip, deflate, br', ...request.headers },
        body: request.body ?? null,
        signal: attempt.signal,
      }),
    );
    const headers = plainHeaders(response.headers);
    const body = await attempt.during('body', () =>
      readBody(response.body, headers['content-encoding'], request.maxBytes),
    );
    return { status: response.statusCode, headers, ...body };
  } finally {
    socket.destroy();
    await client.destroy();
  }
}

function plainHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
}

/** Undici would make another connection; a request that was not answered is not sent again. */
function closed(): Error {
  return Object.assign(new Error('the target closed the connection'), { code: 'ECONNRESET' });
}
