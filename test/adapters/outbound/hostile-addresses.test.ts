import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { refusedAs } from '#adapters/outbound/address.ts';
import { readAllowList } from '#adapters/outbound/allow-list.ts';
import { serve } from '#test/support/serve.ts';

import { failureIn, gate, get, soon, valueIn } from './gate.ts';
import { anyAddress, isForAll } from './public-addresses.ts';

const nothing = readAllowList([]);

describe('an address', () => {
  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.169.254',
    '169.254.170.2',
    '168.63.129.16',
    '100.64.0.1',
    '100.100.100.200',
    '192.0.0.192',
    '192.0.2.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '::ffff:0:127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::a00:1',
    '2002:7f00:1::',
    '2001::1',
    '2001:db8::1',
    '3fff::1',
    '5f00::1',
    '4000::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    'not an address',
    '',
  ])('%s is refused unless it is listed', (address) => {
    expect(refusedAs(address, 'api.example', nothing)).not.toBeNull();
  });

  it.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])(
    '%s is public',
    (address) => {
      expect(refusedAs(address, 'api.example', nothing)).toBeNull();
    },
  );

  it('is opened by the range it lies in, however it is spelled', () => {
    const allow = readAllowList(['10.0.0.0/8', '169.254.169.254', 'fd00::/8']);

    expect(refusedAs('10.1.2.3', 'x', allow)).toBeNull();
    expect(refusedAs('::ffff:10.1.2.3', 'x', allow)).toBeNull();
    expect(refusedAs('169.254.169.254', 'x', allow)).toBeNull();
    expect(refusedAs('fd12::1', 'x', allow)).toBeNull();
    expect(refusedAs('192.168.0.1', 'x', allow)).not.toBeNull();
  });

  it.each([
    ['169.254.169.254', '0.0.0.0/0'],
    ['169.254.169.254', '169.254.0.0/16'],
    ['100.100.100.200', '100.64.0.0/10'],
    ['fd00:ec2::254', 'fd00::/8'],
    ['::ffff:169.254.169.254', '0.0.0.0/0'],
    ['fe80::a9fe:a9fe%eth0', 'fe80::/10'],
    ['64:ff9b::169.254.169.254', '64:ff9b::/96'],
    ['64:ff9b:1:a9fe:a9:fe00::', '64:ff9b:1::/48'],
    ['2002:a9fe:a9fe::1', '2002::/16'],
    ['2001:0:1:2:3:4:5601:5601', '2001::/32'],
    ['::ffff:0:a9fe:a9fe', '::/0'],
    ['2600:1:2:3:0:5efe:a9fe:a9fe', '::/0'],
  ])('%s, where credentials are served, is not opened by the range %s', (address, range) => {
    expect(refusedAs(address, 'x', readAllowList([range]))).toBe('a metadata address');
    expect(refusedAs(address, 'x', readAllowList([range, address]))).toBeNull();
  });

  it.each(['10/8', '192.168/16', '127/8', '0x7f.0.0.0/8', '010.0.0.0/8', '2130706432/8'])(
    'is not opened by a range that is not written out: %s',
    (entry) => {
      for (const address of ['127.0.0.1', '0.0.0.1', '10.0.0.1', '192.168.0.1', '192.0.0.1']) {
        expect(refusedAs(address, 'x', readAllowList([entry]))).not.toBeNull();
      }
    },
  );

  it('that is let through is one that IANA has given out for all', () => {
    fc.assert(
      fc.property(anyAddress, (address) => {
        expect(refusedAs(address, 'x', nothing) !== null || isForAll(address)).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  });

  it('is opened by its name when it is private, but not when credentials are served there', () => {
    const allow = readAllowList(['prometheus', '*.gateway.example']);

    expect(refusedAs('10.0.0.1', 'prometheus', allow)).toBeNull();
    expect(refusedAs('10.0.0.1', 'Prometheus.', allow)).toBeNull();
    expect(refusedAs('127.0.0.1', 'a.gateway.example', allow)).toBeNull();
    expect(refusedAs('127.0.0.1', 'gateway.example', allow)).not.toBeNull();
    expect(refusedAs('127.0.0.1', 'evilgateway.example', allow)).not.toBeNull();
    expect(refusedAs('169.254.169.254', 'prometheus', allow)).not.toBeNull();
    expect(refusedAs('fd00:ec2::254', 'prometheus', allow)).not.toBeNull();
    expect(refusedAs('168.63.129.16', 'prometheus', allow)).not.toBeNull();
  });

  it('of the loopback network is refused in every spelling that a URL can have', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(byte, byte, byte, fc.constantFrom(10, 8, 16), (b, c, d, radix) => {
        const prefix = { 10: '', 8: '0', 16: '0x' }[radix] ?? '';
        const spell = (value: number) => prefix + value.toString(radix);
        const whole = ((127 * 256 + b) * 256 + c) * 256 + d;
        for (const host of [
          spell(whole),
          [127, b, c, d].map(spell).join('.'),
          `127.${spell(b)}.${c * 256 + d}`,
          `[::ffff:127.${b}.${c}.${d}]`,
        ]) {
          const { hostname } = new URL(`http://${host}/`);
          expect(refusedAs(hostname.replace(/^\[|\]$/g, ''), 'x', nothing)).not.toBeNull();
        }
      }),
    );
  });
});

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
