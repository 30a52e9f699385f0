import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { compareConfigurations, differingKeys } from '#domain/configuration/compare.ts';
import { configurationOf, readConfiguration } from '#domain/configuration/read-configuration.ts';

const values = (file: string, text: string) => {
  const configuration = readConfiguration(file, text);
  return (
    configuration &&
    Object.fromEntries(Object.entries(configuration).map(([key, { value }]) => [key, value]))
  );
};

describe('reading a file', () => {
  it('takes dotenv with comments, quotes and export', () => {
    const text = [
      '# the gateway',
      'URL=https://api.gateway-a.example/#/v1 # main',
      'export A=1',
      'B = "two words # no comment" # comment',
      "C='it is $raw \\n'",
      'D="line\\nbreak \\"quoted\\""',
      'EMPTY=',
      'ALSO= # nothing',
      '',
    ].join('\r\n');

    expect(values('.env', text)).toEqual({
      URL: 'https://api.gateway-a.example/#/v1',
      A: '1',
      B: 'two words # no comment',
      C: 'it is $raw \\n',
      D: 'line\nbreak "quoted"',
      EMPTY: '',
      ALSO: '',
    });
  });

  it('joins the keys of nested YAML and JSON', () => {
    expect(values('a.yaml', 'gateway: {url: x, timeout: 3000, on: true}\nlist: [1, 2]')).toEqual({
      'gateway.url': 'x',
      'gateway.timeout': '3000',
      'gateway.on': 'true',
      list: '[1,2]',
    });
    expect(values('a.json', '{"a": {"b": null}}')).toEqual({ 'a.b': '""' });
  });

  it('reads YAML with merge keys and with tags of other tools, which stay in sight', () => {
    const lines = [
      'base: &base {url: x, on: true}',
      'live: {<<: *base, url: y}',
      'key: !vault abc',
      'host: !Join [., [a, b]]',
      'sub: !Sub {text: t}',
    ];
    expect(values('a.yaml', lines.join('\n'))).toEqual({
      'base.url': 'x',
      'base.on': 'true',
      'live.url': 'y',
      'live.on': 'true',
      key: '!vault abc',
      'host.!Join': '[".",["a","b"]]',
      'sub.!Sub.text': 't',
    });
  });

  it('is refused, not guessed, when it is something else', () => {
    expect(values('.env', 'no setting here')).toBeNull();
    expect(values('a.json', '[1, 2]')).toBeNull();
    expect(values('a.yaml', 'a: [')).toBeNull();
    expect(values('a.yaml', 'a: &a [*a]')).toBeNull();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.constantFrom('.env', 'a.json', 'a.yml'), fc.string(), (file, text) => {
        expect(() => readConfiguration(file, text)).not.toThrow();
      }),
    );
  });

  it('marks what looks like a secret', () => {
    expect(configurationOf({ API_KEY: 'x', URL: 'y' })).toEqual({
      API_KEY: { value: 'x', secret: true },
      URL: { value: 'y', secret: false },
    });
  });
});

describe('comparing', () => {
  const here = { A: plain('1'), B: plain('2'), C: kept(), D: plain('4') };
  const there = { A: plain('1'), B: plain('3'), C: kept(), E: plain('5'), F: kept() };

  it('tells missing, extra and changed keys apart', () => {
    expect(compareConfigurations(here, there)).toEqual({
      missing: ['E', 'F'],
      extra: ['D'],
      changed: ['B'],
    });
    expect(differingKeys(here, there)).toEqual(['B', 'D', 'E', 'F']);
  });

  it('does not call a value changed that is kept back on one side', () => {
    expect(differingKeys({ C: kept() }, { C: plain('x') })).toEqual([]);
  });
});

function plain(value: string) {
  return { value, secret: false };
}

function kept() {
  return { value: null, secret: true };
}
