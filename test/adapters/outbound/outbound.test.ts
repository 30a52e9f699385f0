import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { caFile, serveTls } from '#test/support/serve-tls.ts';
import { serve } from '#test/support/serve.ts';

import { failureIn, gate, get, soon, systemError, valueIn } from './gate.ts';

const local = { allow: ['127.0.0.1'] };
const name = 'api.gateway-a.example';

describe('whose failure it is', () => {
  it('is the target that refuses, hangs up, talks nonsense or stays silent', async () => {
    await using hangsUp = await serve((request) => request.socket.destroy());
    await using silent = await serve(() => {});
    await using stalls = await serve((_request, response) => void response.write('never more'));
    await using nonsense = await serve((request) => void request.socket.end('220 smtp ready\r\n'));
    const free = await closedPort();
    const outbound = gate(local);
    const failure = async (url: string, timeoutMs = 5_000) =>
      failureIn(await outbound.request(get(url), { ...soon(), timeoutMs }));

    expect(await failure(`http://127.0.0.1:${free}`)).toMatchObject({
      fault: 'target',
      code: 'ECONNREFUSED',
      sent: false,
    });
    expect(await failure(hangsUp.url)).toMatchObject({ fault: 'target', sent: true });
    expect(await failure(nonsense.url)).toMatchObject({ fault: 'target', sent: true });
    for (const { url } of [silent, stalls]) {
      expect(await failure(url, 80)).toMatchObject({
        fault: 'target',
        code: 'TIMEOUT',
        message: 'No answer within 80 ms',
        sent: true,
      });
    }
  });

  it('is the target whose name does not exist, but ours when the name server fails', async () => {
    expect(await lookupFailure('ENOTFOUND')).toMatchObject({ fault: 'target', code: 'NXDOMAIN' });
    expect(await lookupFailure('EAI_AGAIN')).toMatchObject({ fault: 'ours', retry: true });
  });

  it('is ours when the name server stays silent', async () => {
    const silent = gate({ resolver: { lookup: () => new Promise(() => {}) } });

    const outcome = await silent.request(get('http://checkout.example'), {
      ...soon(),
      timeoutMs: 30,
    });

    expect(failureIn(outcome)).toMatchObject({ fault: 'ours', code: 'TIMEOUT' });
  });

  it('is ours when the request is no HTTP', async () => {
    await using target = await serve((_request, response) => response.end());

    const outcome = await gate(local).request(
      get(target.url, { headers: { 'x-note': 'a\r\nhost: other' } }),
      soon(),
    );

    expect(failureIn(outcome)).toMatchObject({ fault: 'ours', retry: false });
  });

  it.each([
    ['a header that frames the request', { headers: { 'Transfer-Encoding': 'chunked' } }],
    ['another length than that of the body', { headers: { 'content-length': '1' }, body: 'ab' }],
    ['a header that goes on behind its line', { headers: { accept: 'a\r\nx: y' } }],
    ['a header without a name', { headers: { '': 'a' } }],
    ['a method with a space', { method: 'GET /' }],
  ])('is ours when the request has %s, and nothing is sent', async (_what, request) => {
    let asked = 0;
    await using target = await serve((_request, response) => {
      asked += 1;
      response.end();
    });

    const outcome = await gate({ allow: ['127.0.0.1'] }).request(get(target.url, request), soon());

    expect(failureIn(outcome)).toMatchObject({ fault: 'ours', retry: false });
    expect(asked).toBe(0);
  });

  it('is nobody’s when the caller gives up', async () => {
    await using target = await serve(() => {});
    const outbound = gate(local);
    const reason = new Error('the run was stopped');
    const giveUp = new AbortController();

    const pending = outbound.request(get(target.url), { timeoutMs: 5_000, signal: giveUp.signal });
    giveUp.abort(reason);

    await expect(pending).rejects.toBe(reason);
  });
});

describe('a body', () => {
  it.each(['GET', 'DELETE', 'POST'])('goes with its length in a %s', async (method) => {
    const seen: unknown[] = [];
    await using target = await serve((request, response) => {
      seen.push(request.headers['content-length'], request.headers['transfer-encoding']);
      request.on('data', (chunk) => seen.push(String(chunk))).on('end', () => response.end());
    });

    await gate({ allow: ['127.0.0.1'] }).request(get(target.url, { method, body: 'ünal' }), soon());

    expect(seen).toEqual(['5', undefined, 'ünal']);
  });
});

describe('redirects', () => {
  it('are answers unless they are to be followed', async () => {
    await using target = await serve((_request, response) =>
      response.writeHead(301, { location: '/there' }).end(),
    );

    expect(valueIn(await gate(local).request(get(target.url), soon())).status).toBe(301);
  });

  it('take credentials along on the same origin only', async () => {
    const seen: (string | undefined)[] = [];
    await using other = await serve((request, response) => {
      seen.push(request.headers.authorization, String(request.headers['x-api-key']));
      response.end(request.headers.accept);
    });
    await using target = await serve((request, response) => {
      seen.push(request.headers.authorization);
      const location = request.url === '/' ? '/again' : other.url;
      response.writeHead(302, { location }).end();
    });
    const headers = { Authorization: 'Bearer token', 'X-Api-Key': 'key', Accept: 'text/plain' };

    const outcome = await gate(local).request(get(target.url, { headers, redirects: 5 }), soon());

    expect(Buffer.from(valueIn(outcome).body).toString()).toBe('text/plain');
    expect(seen).toEqual(['Bearer token', 'Bearer token', undefined, 'undefined']);
  });

  it('end, as evidence, when they go round in circles', async () => {
    await using target = await serve((_request, response) =>
      response.writeHead(302, { location: '/' }).end(),
    );

    const outcome = await gate(local).request(get(target.url, { redirects: 3 }), soon());

    expect(failureIn(outcome)).toMatchObject({ fault: 'target', code: 'TOO_MANY_REDIRECTS' });
  });
});

describe('the body', () => {
  it('is cut, without receiving the rest', async () => {
    await using endless = await serve((_request, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
        response.once('drain', more);
      };
      more();
    });

    const response = valueIn(await gate(local).request(get(endless.url), soon()));

    expect(response.body).toHaveLength(4_096);
    expect(response.truncated).toBe(true);
  });

  it('is unpacked no further than its limit', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    await using target = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    );

    const response = valueIn(await gate(local).request(get(target.url), soon()));

    expect(response.body).toHaveLength(4_096);
    expect(response.truncated).toBe(true);
  });

  it('that is not what its encoding says is the target’s failure', async () => {
    await using target = await serve((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('plain text'),
    );

    const outcome = await gate(local).request(get(target.url), soon());

    expect(failureIn(outcome)).toMatchObject({ fault: 'target', code: 'Z_DATA_ERROR' });
  });
});

describe('names', () => {
  it('of the settings are answered from there', async () => {
    const outbound = gate({ hosts: { [name]: '127.0.0.1:8443' } });

    const ask = async (type: string) =>
      valueIn(await outbound.query({ name: `${name}.`, type }, soon())).answers;
    expect(await ask('A')).toEqual(['127.0.0.1']);
    expect(await ask('AAAA')).toEqual([]);
  });

  it('that do not exist, or have no such record, are answers; a failing name server is not', async () => {
    expect(valueIn(await queryFailing('ENOTFOUND'))).toMatchObject({
      rcode: 'NXDOMAIN',
      answers: [],
    });
    expect(valueIn(await queryFailing('ENODATA'))).toMatchObject({ rcode: 'NOERROR', answers: [] });
    expect(failureIn(await queryFailing('ESERVFAIL'))).toMatchObject({
      fault: 'ours',
      retry: true,
    });
  });
});

it('tries the next address when one of them does not answer', async () => {
  await using target = await serve((_request, response) => response.end());
  const { port } = new URL(target.url);
  const outbound = gate({ allow: ['two.example'], names: { 'two.example': ['::1', '127.0.0.1'] } });

  expect((await outbound.connect({ host: 'two.example', port: Number(port) }, soon())).ok).toBe(
    true,
  );
});

it('dials the mapped address even for a name that is an address itself', async () => {
  await using target = await serve((_request, response) => response.end('mapped'));
  const outbound = gate({ hosts: { '192.0.2.1': new URL(target.url).host } });

  expect((await outbound.request(get('http://192.0.2.1/'), soon())).ok).toBe(true);
});

it('goes past the proxies that the environment names, even where Node is told to use them', async () => {
  await using plain = await serve((_request, response) => response.end('direct'));
  await using secure = await serveTls((_request, response) => response.end('direct'));
  const heard: string[] = [];
  const proxy = createServer((request, response) => {
    heard.push(request.url ?? '');
    response.end('by way of the proxy');
  });
  proxy.on('connect', (request, socket) => {
    heard.push(request.url ?? '');
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port } = z.object({ port: z.number() }).parse(proxy.address());
  const spelled = ['http_proxy', 'https_proxy', 'all_proxy', 'npm_config_proxy', 'no_proxy'];
  const named = spelled.flatMap((one) => {
    const value = one === 'no_proxy' ? '' : `http://user:password@127.0.0.1:${port}`;
    return [one, one.toUpperCase()].map((spelling) => [spelling, value]);
  });
  const given = { plain: plain.url, name, address: secure.address, ca: caFile };

  const { stdout } = await promisify(execFile)(
    process.execPath,
    [fileURLToPath(new URL('behind-a-proxy.ts', import.meta.url)), JSON.stringify(given)],
    { env: { ...process.env, ...Object.fromEntries(named), NODE_USE_ENV_PROXY: '1' } },
  ).finally(() => proxy.close());

  expect(JSON.parse(stdout)).toMatchObject({
    plain: 'direct',
    secure: 'direct',
    connect: true,
    handshake: true,
    forbidden: 'GATE',
  });
  expect(heard).toEqual([expect.stringContaining('by-node.example')]);
});

async function closedPort(): Promise<string> {
  await using server = await serve(() => {});
  return new URL(server.url).port;
}

async function lookupFailure(code: string) {
  const outbound = gate({ resolver: { lookup: () => Promise.reject(systemError(code)) } });
  return failureIn(await outbound.request(get('http://checkout.example'), soon()));
}

function queryFailing(code: string) {
  const outbound = gate({ resolver: { query: () => Promise.reject(systemError(code)) } });
  return outbound.query({ name: 'x.example', type: 'A' }, soon());
}
