import { createServer, type Socket } from 'node:net';
import { brotliCompressSync, constants, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { failureIn, gate, get, soon, valueIn } from './gate.ts';

const local = { allow: ['127.0.0.1'] };
const head = 'HTTP/1.1 200 OK\r\n';

/** Talks over a bare connection, as no HTTP server would. */
async function talks(answer: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const received: string[] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', (data) => received.push(String(data)));
    socket.once('data', () => answer(socket));
  });
  const listening = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', listening.resolve);
  await listening.promise;
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    sockets,
    received,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** Writes for ever, as fast as it is read. */
function flood(socket: Socket, piece: (index: number) => string): void {
  let index = 0;
  const more = (): void => {
    while (!socket.destroyed && socket.write(piece((index += 1))));
  };
  socket.on('drain', more);
  more();
}

describe('an answer without end', () => {
  it.each<[string, string, (index: number) => string]>([
    ['of one header', `${head}x: `, () => 'x'.repeat(1_000)],
    ['of headers', head, (index) => `x-${index}: ${'x'.repeat(100)}\r\n`],
    ['of a status', 'HTTP/1.1 200 ', () => 'x'.repeat(1_000)],
    ['of trailers', `${head}transfer-encoding: chunked\r\n\r\n0\r\n`, (i) => `x-${i}: x\r\n`],
    [
      'of a chunk’s extension',
      `${head}transfer-encoding: chunked\r\n\r\n1;`,
      () => 'x'.repeat(1_000),
    ],
    ['of promises', '', () => 'HTTP/1.1 100 Continue\r\n\r\n'],
    ['of nothing that is HTTP', '', () => 'x'.repeat(1_000)],
  ])('%s is cut off long before its deadline', async (_what, begin, piece) => {
    await using target = await talks((socket) => {
      socket.write(begin);
      flood(socket, piece);
    });

    const outcome = await gate(local).request(get(target.url), soon());

    const { code, fault, sent } = failureIn(outcome);
    expect({ fault, sent }).toEqual({ fault: 'target', sent: true });
    expect(['NOT_HTTP', 'ECONNRESET']).toContain(code);
  });

  it.each<[string, (socket: Socket) => void]>([
    [
      'a body, a byte now and then',
      (socket) => {
        socket.write(`${head}content-length: 100\r\n\r\n`);
        const timer = setInterval(() => socket.write('x'), 20);
        socket.on('close', () => clearInterval(timer));
      },
    ],
    [
      'a head, a byte now and then',
      (socket) => {
        socket.write(`${head}x: `);
        const timer = setInterval(() => socket.write('x'), 20);
        socket.on('close', () => clearInterval(timer));
      },
    ],
  ])('%s, is the target’s silence at the deadline', async (_what, answer) => {
    await using target = await talks(answer);

    const outcome = await gate(local).request(get(target.url), { ...soon(), timeoutMs: 300 });

    expect(failureIn(outcome)).toMatchObject({ fault: 'target', code: 'TIMEOUT' });
  });

  it('is read no further than what was asked for', async () => {
    await using target = await talks((socket) => {
      socket.write(`${head}content-type: text/plain\r\n\r\n`);
      flood(socket, () => 'x'.repeat(10_000));
    });

    const { body, truncated } = valueIn(await gate(local).request(get(target.url), soon()));

    expect([body.length, truncated]).toEqual([4_096, true]);
    const [socket] = target.sockets;
    expect(socket?.bytesWritten).toBeLessThan(10_000_000);
  });

  it('is unpacked no further either, packed as often as it may be', async () => {
    const zeros = Buffer.alloc(50_000_000);
    const bomb = gzipSync(zeros);
    for (const [encoding, packed] of [
      ['gzip', bomb],
      ['x-gzip', Buffer.concat([gzipSync('a'), bomb, bomb])],
      ['deflate', deflateSync(zeros)],
      ['br', brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
      ['gzip, gzip', gzipSync(bomb)],
      ['gzip, br', brotliCompressSync(bomb)],
      ['zstd', zstdCompressSync(zeros)],
      ['GZIP ', bomb],
    ] as const) {
      await using target = await talks((socket) => {
        socket.write(
          `${head}content-encoding: ${encoding}\r\ncontent-length: ${packed.length}\r\n\r\n`,
        );
        socket.write(packed);
      });
      const { body } = valueIn(await gate(local).request(get(target.url), soon()));
      expect(body.length).toBeLessThanOrEqual(4_096);
    }
  });
});

describe('an answer that is something else', () => {
  it.each([
    [
      'another protocol',
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
    ],
    ['two answers at once', `${head}content-length: 0\r\n\r\n${head}content-length: 4\r\n\r\nevil`],
    ['two lengths', `${head}content-length: 0\r\ncontent-length: 4\r\n\r\nevil`],
    [
      'a length and chunks',
      `${head}content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['an answer of the old kind', 'HTTP/0.9 200\r\n\r\n'],
    ['a status of no kind', 'HTTP/1.1 999999 OK\r\n\r\n'],
    ['a header with a bare return', `${head}x: a\rset-cookie: b\r\n\r\n`],
    ['a header without a name', `${head}: x\r\n\r\n`],
    ['nothing', ''],
  ])('%s is evidence, and at once', async (_what, answer) => {
    await using target = await talks((socket) => socket.end(answer));

    const outcome = await gate(local).request(get(target.url), soon());

    const said = outcome.ok
      ? { fault: 'target', body: Buffer.from(outcome.value.body).toString() }
      : { body: '', ...outcome.failure };
    expect(said).toMatchObject({ fault: 'target', body: expect.not.stringContaining('evil') });
    expect(said).not.toMatchObject({ code: 'TIMEOUT' });
  });
});

describe('a request that would be another', () => {
  it.each([
    '/a b HTTP/1.1\r\nhost: evil\r\n\r\nGET /',
    '/\r\nx: evil',
    '/?q=a b\r\n\r\nGET /evil',
    '/ HTTP/1.1\nx: evil',
    '/漢字\u2028x: evil',
    '/%0d%0ax:%20evil',
  ])('has all that is in its path or query in one line: %j', async (path) => {
    await using target = await talks((socket) => socket.end(`${head}content-length: 0\r\n\r\n`));

    await gate(local).request(get(target.url.slice(0, -1) + path), soon());

    const [line = '', ...headers] = target.received.join('').trimEnd().split(/\r?\n/);
    expect(line).toMatch(/^GET \/[\x21-\x7e]* HTTP\/1\.1$/);
    expect(headers.map((header) => header.split(':')[0]?.toLowerCase() ?? '').toSorted()).toEqual([
      'accept-encoding',
      'connection',
      'host',
    ]);
  });

  it.each([
    [{ method: 'GET / HTTP/1.1\r\nhost: evil\r\n\r\nGET' }],
    [{ method: 'CONNECT' }],
    [{ headers: { x: 'a\r\nhost: evil' } }],
    [{ headers: { 'x\r\nhost': 'evil' } }],
    [{ headers: { 'Transfer-Encoding': 'chunked' } }],
    [{ headers: { 'content-length': '0' }, body: 'x' }],
    [{ headers: { host: 'evil.example' } }],
    [{ headers: { Host: 'evil.example' } }],
    [{ headers: { Connection: 'upgrade' } }],
    [{ headers: { upgrade: 'h2c' } }],
    [{ headers: { expect: '100-continue' }, body: 'x' }],
    [{ headers: { 'x y': '1' } }],
    [{ headers: { x: 'a\0b' } }],
    [{ headers: { x: '漢' } }],
  ])('%j is not sent', async (given) => {
    await using target = await talks((socket) => socket.end(`${head}content-length: 0\r\n\r\n`));

    const outcome = await gate(local).request(get(target.url, given), soon());

    expect(failureIn(outcome)).toMatchObject({ fault: 'ours', retry: false, sent: false });
    expect(target.received).toEqual([]);
  });
});
