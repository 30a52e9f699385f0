import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { refusedAs } from '#adapters/outbound/address.ts';
import { readAllowList } from '#adapters/outbound/allow-list.ts';

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
