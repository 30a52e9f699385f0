import { describe, expect, it } from 'vitest';

import { checkRules } from '#domain/configuration/check-rules.ts';
import { configurationOf } from '#domain/configuration/read-configuration.ts';
import type { UrlParts } from '#domain/configuration/rule.ts';
import { Rule } from '#domain/configuration/rule.ts';

const violations = (value: string, rule: object, key = 'SETTING') =>
  checkRules(configurationOf({ [key]: value }), { [key]: Rule.parse(rule) }, parseUrl).violations;

const broken = (value: string, rule: object) => violations(value, rule).map((each) => each.rule);

const gateway = {
  scheme: 'https',
  host: ['api.gateway-a.example', '*.gateway-b.example'],
  notMatching: '(sandbox|staging|test|localhost)',
};

describe('a URL', () => {
  it('is held against scheme, host, port, path and what it must not match', () => {
    const url = { ...gateway, port: 443, path: '/v1/*' };

    expect(broken('https://api.gateway-a.example/v1/payments', { url })).toEqual([]);
    expect(broken('https://eu.gateway-b.example/v1/', { url })).toEqual([]);
    expect(broken('http://api.gateway-a.example/v1/', { url })).toEqual(['url.scheme', 'url.port']);
    expect(broken('https://api.gateway-a.example:8443/v1/', { url })).toEqual(['url.port']);
    expect(broken('https://api.gateway-a.example/v2', { url })).toEqual(['url.path']);
    expect(broken('https://sandbox.gateway-b.example/v1/', { url })).toEqual(['url.notMatching']);
    expect(broken('not a url', { url })).toEqual(['url']);
  });

  it.each([
    'https://api.gateway-a.example@evil.example/',
    'https://api.gateway-a.example.evil.example/',
    'https://evilgateway-b.example/',
    'https://gateway-b.example/',
    'https://evil.example/#https://api.gateway-a.example',
  ])('%s does not pass for an allowed host', (value) => {
    expect(broken(value, { url: { host: gateway.host } })).toEqual(['url.host']);
  });

  it('is named by its host alone', () => {
    expect(
      violations('https://user:pass@sandbox.gateway-a.example/secret?token=1', {
        url: { host: ['api.gateway-a.example'] },
      }),
    ).toEqual([
      {
        key: 'SETTING',
        rule: 'url.host',
        message: 'host sandbox.gateway-a.example is not allowed',
      },
    ]);
  });
});

describe('a value', () => {
  it.each([
    [{ type: 'integer' }, '3000', '3000.5'],
    [{ type: 'integer' }, '-1', '1e3'],
    [{ type: 'integer' }, '0', '9007199254740993'],
    [{ type: 'number' }, '2.5e3', 'Infinity'],
    [{ type: 'number' }, '.5', '0x10'],
    [{ type: 'boolean' }, 'true', 'yes'],
    [{ enum: ['debug', 1] }, '1', 'info'],
    [{ pattern: '^[a-z]+$' }, 'abc', 'ab1'],
    [{ minimum: 100 }, '100', '99'],
    [{ maximum: 10000 }, '10000', '10001'],
    [{ minimum: 1 }, '1', 'many'],
    [{ required: true }, 'x', ''],
  ])('with %j: %s is right, %s is wrong', (rule, right, wrong) => {
    expect(broken(right, rule)).toEqual([]);
    expect(broken(wrong, rule)).toHaveLength(1);
  });

  it('that is missing breaks a rule only if it is required', () => {
    const report = checkRules({}, { A: { required: true }, B: { type: 'integer' } }, parseUrl);

    expect(report.violations).toEqual([{ key: 'A', rule: 'required', message: 'is missing' }]);
  });

  it('of an inherited property is no setting', () => {
    expect(checkRules({}, { constructor: { required: true } }, parseUrl).violations).toHaveLength(
      1,
    );
  });

  it.each([
    ['PAYMENT_GATEWAY_API_KEY', {}],
    ['DB_PASSWORD', {}],
    ['PLAIN', { secret: true }],
  ])('of %s is never shown, whatever rule it breaks', (key, given) => {
    const rule = {
      ...given,
      type: 'integer',
      enum: ['a'],
      pattern: '^x$',
      url: { ...gateway, host: 'other.example', port: 1, path: '/' },
    };

    const messages = [
      ...violations('https://hunter2.example/', rule, key),
      ...violations('77665544', { ...given, minimum: 1, maximum: 2 }, key),
    ].map((each) => each.message);
    expect(messages.length).toBeGreaterThan(5);
    expect(messages.join()).not.toMatch(/hunter2|77665544/);
  });

  it('that the source keeps back is unknown where a rule needs it', () => {
    const kept = { KEY: { value: null, secret: true } };

    expect(checkRules(kept, { KEY: { required: true, secret: true } }, parseUrl)).toEqual({
      violations: [],
      unknown: [],
      probes: [],
    });
    expect(checkRules(kept, { KEY: { pattern: '^live_' } }, parseUrl).unknown).toEqual(['KEY']);
  });
});

function parseUrl(text: string): UrlParts | null {
  const url = URL.parse(text);
  if (url === null) return null;
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const { hostname: host, pathname: path, href } = url;
  return { scheme: url.protocol.slice(0, -1), host, port, path, href };
}
