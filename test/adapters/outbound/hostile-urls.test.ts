import { describe, expect, it } from 'vitest';

import { serve } from '#test/support/serve.ts';

import { failureIn, gate, get, soon, valueIn } from './gate.ts';

describe('a URL', () => {
  it.each([
    'http://127.0.0.1:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f000001:PORT/',
    'http://0x7f.1:PORT/',
    'http://017700000001:PORT/',
    'http://0177.0.0.01:PORT/',
    'http://127.1:PORT/',
    'http://127.0.0.1.:PORT/',
    'http://127。0。0。1:PORT/',
    'http://①②⑦.⓪.⓪.①:PORT/',
    'http:\\\\127.0.0.1:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[::ffff:7f00:1]:PORT/',
    'http://[::1]:PORT/',
    'http://0:PORT/',
    'http://localhost:PORT/',
    'http://localhost.:PORT/',
    'http://LOCALHOST:PORT/',
    'http://public.example@127.0.0.1:PORT/',
    'http://127.0.0.1:PORT@public.example/',
    'http://127.0.0.1:PORT\\@public.example/',
    'http://private.example:PORT/',
    'http://private.example.:PORT/',
    'http://mixed.example:PORT/',
    'file:///etc/passwd',
    'ftp://127.0.0.1:PORT/',
    'gopher://127.0.0.1:PORT/',
    'http://127.0.0.1:PORT#@public.example/',
    'http://[fe80::1%25eth0]:PORT/',
    'http://[::127.0.0.1]:PORT/',
    'http://[64:ff9b::127.0.0.1]:PORT/',
    'http://[2002:7f00:1::]:PORT/',
    'http://127.0.0.1\t:PORT/',
    'http://127.%30.0.1:PORT/',
    'http://１２７.0.0.1:PORT/',
    'http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:PORT/',
    'http:127.0.0.1:PORT/',
    'http:////127.0.0.1:PORT/',
    'http://user@localhost:PORT/',
    'ws://127.0.0.1:PORT/',
    'data:text/plain,x',
    'javascript:0',
    'unix:/run/docker.sock',
    'not a url',
    '',
  ])('%s reaches nobody', async (url) => {
    let reached = false;
    await using target = await serve((_request, response) => {
      reached = true;
      response.end();
    });
    const outbound = gate({
      names: {
        localhost: ['127.0.0.1'],
        'private.example': ['127.0.0.1'],
        'mixed.example': ['8.8.8.8', '127.0.0.1'],
      },
    });

    const { port } = new URL(target.url);
    const outcome = await outbound.request(get(url.replace('PORT', port)), soon());

    expect(failureIn(outcome)).toMatchObject({ fault: 'ours', retry: false, sent: false });
    expect(reached).toBe(false);
  });

  it.each([
    '/v1/flags/..',
    '/v1/flags/../admin',
    '/v1/flags/.',
    '/v1/flags/%2e%2E/admin',
    '/v1/flags/.%2e?x',
    '/v1\\..\\admin',
    '/v1/.\t./admin',
    '/..#x',
  ])('does not climb out of its path: %s', async (path) => {
    await using target = await serve((_request, response) => response.end('reached'));
    const outbound = gate({ allow: ['127.0.0.1'] });

    expect(failureIn(await outbound.request(get(target.url + path), soon()))).toMatchObject({
      fault: 'ours',
      code: 'URL',
      sent: false,
    });
  });

  it.each(['/a..b/...', '/a?next=/../b', '/.well-known/x', '/a#/../b'])(
    'has dots elsewhere as it likes: %s',
    async (path) => {
      await using target = await serve((_request, response) => response.end('reached'));
      const outbound = gate({ allow: ['127.0.0.1'] });
      expect((await outbound.request(get(target.url + path), soon())).ok).toBe(true);
    },
  );

  it('is resolved once: the address that was checked is the one that is dialled', async () => {
    await using target = await serve((_request, response) => response.end('reached'));
    const answers = [['127.0.0.1'], ['169.254.169.254']];
    const outbound = gate({
      allow: ['rebinding.example'],
      resolver: { lookup: async () => answers.shift() ?? [] },
    });

    const { port } = new URL(target.url);
    const url = `http://rebinding.example:${port}/`;
    expect(valueIn(await outbound.request(get(url), soon())).status).toBe(200);
    expect(answers).toHaveLength(1);
    expect(failureIn(await outbound.request(get(url), soon())).code).toBe('GATE');
  });
});

describe('a host that is not part of a URL', () => {
  it.each([
    '127.0.0.1',
    '2130706433',
    '0x7f.1',
    '１２７.0.0.1',
    '127。0。0。1',
    '127.0.0.1.',
    '::1',
    '[::1]',
    'fe80::1%eth0',
    'localhost.',
    'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ',
    '::ffff:127.0.0.1',
  ])('%s is refused as well', async (host) => {
    const outbound = gate({ names: { localhost: ['127.0.0.1'] } });

    expect(failureIn(await outbound.connect({ host, port: 80 }, soon())).code).toBe('GATE');
    expect(
      failureIn(await outbound.handshake({ host, port: 443, servername: 'x.example' }, soon()))
        .code,
    ).toBe('GATE');
  });

  it.each([
    '127.0.0.1\0.open.example',
    '127.0.0.1 .open.example',
    'x\\.open.example',
    'x%2e.open.example',
    'u@x.open.example',
    'x:80.open.example',
    'x/.open.example',
    '::1%lo.open.example',
    '',
  ])('%j is no name: nobody is asked for it, and nothing dialled', async (host) => {
    const reached: unknown[] = [];
    const reach = async (what: unknown): Promise<never> => {
      reached.push(what);
      throw new Error('reached');
    };
    const allow = ['*.open.example'];
    const outbound = gate({ allow, resolver: { lookup: reach }, dial: reach });

    expect(failureIn(await outbound.connect({ host, port: 80 }, soon()))).toMatchObject({
      fault: 'ours',
      code: 'URL',
      retry: false,
    });
    expect(reached).toEqual([]);
  });

  it('is opened by its name, however that is spelled', async () => {
    await using target = await serve((_request, response) => response.end());
    const { host } = new URL(target.url);
    const outbound = gate({ hosts: { 'Gateway.example': host } });

    for (const spelled of ['gateway.example', 'GATEWAY.example.', 'ｇateway。example']) {
      expect((await outbound.connect({ host: spelled, port: 80 }, soon())).ok).toBe(true);
    }
  });
});
