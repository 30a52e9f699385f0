import { readdirSync, readFileSync } from 'node:fs';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readRunbook } from '#domain/runbook/read-runbook.ts';
import { readTest } from '#domain/runbook/read-test.ts';

import { encode, places, read, runbookOf } from './runbook-text.ts';

const shipped = new URL('../../../runbooks/checkout/', import.meta.url);
const readShipped = (file: string) =>
  readRunbook({ file, bytes: readFileSync(new URL(file, shipped)) });

describe('the shipped runbooks', () => {
  it.each(readdirSync(shipped).filter((name) => !name.endsWith('.test.yaml')))(
    '%s is read without a finding',
    (file) => {
      const { runbook, diagnostics } = readShipped(file);
      expect(diagnostics).toEqual([]);
      expect(runbook).not.toBeNull();
    },
  );

  it.each(readdirSync(shipped).filter((name) => name.endsWith('.test.yaml')))(
    '%s is read without a finding',
    (file) => {
      const { test, diagnostics } = readTest({ file, bytes: readFileSync(new URL(file, shipped)) });
      expect(diagnostics).toEqual([]);
      expect(test?.cases.length).toBeGreaterThan(0);
    },
  );

  it('become regular: thresholds are CEL, a repeat is a copy, and defaults are written out', () => {
    const { runbook } = readShipped('bad-gateway-url.yaml');
    const step = (id: string) => runbook?.steps.find((each) => each.id === id);

    expect(step('symptom')).toMatchObject({
      uses: 'check.metric',
      pass: 'result.value < 0.03',
      fail: 'result.value > 0.05',
      noData: 'inconclusive',
      watch: null,
    });
    expect(step('recovery')).toMatchObject({
      uses: 'check.metric',
      repeats: 'symptom',
      with: { metric: 'error_rate' },
      pass: 'result.value < 0.03',
      fail: 'result.value > 0.05',
      title: 'Healthy again, and staying so',
      watch: {
        every: '${{ inputs.every }}',
        hold: '${{ inputs.hold }}',
        giveUpAfter: '${{ inputs.give_up }}',
        giveUpWhen: null,
      },
      next: { pass: 'smoke', fail: 'triage' },
    });
    expect(step('gateways')).toMatchObject({
      foreach: { name: 'host', list: 'inputs.gateway_hosts' },
      steps: [{ id: 'dns', title: 'dns' }, { id: 'tls' }, { id: 'http' }],
    });
    expect(runbook?.triggers).toMatchObject([
      { kind: 'alert', start: 'checks' },
      { kind: 'schedule', mode: 'drill', timezone: 'Europe/Berlin', inputs: {} },
    ]);
  });
});

const retryOf = (retry: string) =>
  runbookOf(` [{id: a, title: A, uses: check.tcp, with: {host: x, port: 1}, retry: ${retry}}]\n`)
    .steps[0]?.retry;

it('fills in of a retry what it leaves out', () => {
  expect(retryOf('{backoff: 5s}')).toEqual({ attempts: 3, backoff: '5s' });
  expect(retryOf('{attempts: 1}')).toEqual({ attempts: 1, backoff: '1s' });
});

it('tells all that is wrong at once, whatever kind of mistake it is', () => {
  const reading = read(`title: Again
colour: red
inputs: {host: {type: string, patern: x}}
steps:
  - {id: look, title: !!str Look, uses: check.tcp, with: {host: x, port: 1}, if: inputs.hots == 1, next: {fail: fix}, timout: 5s}
  - {id: look, title: B, uses: check.dns, with: {nam: x}}
---
more: 1
`);

  expect(reading.runbook).toBeNull();
  expect(places(reading)).toEqual([
    '7:1 duplicate-key',
    '8:1 unknown-key',
    '9:31 unknown-key',
    '11:23 bad-yaml',
    '11:113 unknown-step',
    '11:119 unknown-key',
    '12:10 bad-value',
    '12:50 unknown-key',
    '12:50 with-schema',
    '13:1 bad-yaml',
  ]);
});

it('looks as far as it would without keys that nothing reads and durations misspelled', () => {
  const reading = read(`colour: red
review: 90 days
steps:
  - {id: look, title: Look, uses: check.tcp, with: {host: x, port: 1}, if: inputs.hots == 1, next: {done: end}}
  - {id: first, title: B, uses: check.dns, with: {name: x}, if: steps.last.verdict == "pass"}
  - {id: last, title: C, uses: check.dns, with: {name: x}}
`);

  expect(places(reading)).toEqual([
    '7:1 unknown-key',
    '8:9 duration-spelling',
    '10:83 type-mismatch',
    '10:101 impossible-route',
    '11:65 read-before-run',
  ]);
});

describe('a threshold', () => {
  it.each([
    ['check.metric', '> 5%', 'result.value > 0.05'],
    ['check.metric', '>= 0.7%', 'result.value >= 0.007'],
    ['check.metric', '> 0.05', 'result.value > 0.05'],
    ['check.metric', '<3', 'result.value < 3.0'],
    ['check.metric', '< 3 %', 'result.value < 0.03'],
    ['check.metric', '>= 250ms', 'result.value >= 0.25'],
    ['check.load', '< 1%', 'result.errorRate < 0.01'],
    ['check.load', '>= 250ms', 'result.p95 >= duration("250ms")'],
  ])('of %s, %s, is %s', (uses, written, cel) => {
    const inputs =
      uses === 'check.metric' ? '{metric: m}' : '{url: https://x, rate: 1, duration: 1s}';
    const [step] = runbookOf(
      `\n  - {id: a, title: A, uses: ${uses}, with: ${inputs}, fail: '${written}'}`,
    ).steps;
    expect(step?.fail).toBe(cel);
  });

  it('is for kinds that have one number', () => {
    expect(
      places(
        read(`steps: [{id: a, title: A, uses: check.tcp, with: {host: x, port: 1}, fail: '> 5%'}]`),
      ),
    ).toEqual(['7:77 type-mismatch']);
  });
});

const manual = (text: string) =>
  `steps: [{id: a, title: A, uses: manual, with: {instructions: '${text}'}}]`;

describe('the time that reading takes', () => {
  it.each([
    ['thousands of expressions', manual('${{ nope }}'.repeat(9_000))],
    ['long expressions', manual(`\${{ ${'1+'.repeat(480)}1 }}`.repeat(120))],
    ['templates that never close', manual('${{ '.repeat(30_000))],
    [
      'a graph of many steps',
      `steps:\n${Array.from({ length: 380 }, (_, n) => `  - {id: s${n}, title: T, uses: deploys.list, next: {fail: s${(n * 7) % 380}, pass: s${(n * 13) % 380}}}`).join('\n')}`,
    ],
    [
      'many outputs',
      `steps:\n${Array.from({ length: 250 }, (_, n) => `  - {id: s${n}, title: T, uses: check.tcp, with: {host: x, port: 1}, outputs: {a: result.connected}}`).join('\n')}`,
    ],
    [
      'many unknown keys',
      `steps: [{id: a, ${Array.from({ length: 2_000 }, (_, n) => `key${n}: 1`).join(', ')}}]`,
    ],
  ])('is bounded for %s', (_what, text) => {
    const before = performance.now();
    read(text);
    // Ten times what it takes: the machine of the tests does other things, too.
    expect(performance.now() - before).toBeLessThan(1_500);
  });
});

describe('any runbook at all', () => {
  const value = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(
        'a',
        'end',
        'check.http',
        'parallel',
        '${{ x',
        '${{ inputs.a }}',
        '> 5%',
        '5m',
        null,
        true,
        1.5,
        -1,
      ),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom(
          'id',
          'uses',
          'with',
          'steps',
          'next',
          'if',
          'foreach',
          'watch',
          'alert',
          'a',
          'pass',
        ),
        tie('value'),
        { maxKeys: 4 },
      ),
    ),
  })).value;
  const step = fc.record(
    {
      id: fc.constantFrom('a', 'b', 'c', 'end', 5),
      title: fc.constant('T'),
      uses: fc.constantFrom(
        'check.tcp',
        'check.metric',
        'choose',
        'parallel',
        'deploys.rollback',
        'manual',
        'nope',
      ),
      repeat: fc.constantFrom('a', 'b', 'c'),
      with: fc.oneof(fc.constant({ host: 'x', port: 1 }), value),
      fail: fc.oneof(
        fc.constantFrom('> 5%', 'result.value > 1', 'steps.b.verdict == "fail"'),
        value,
      ),
      steps: value,
      foreach: value,
      watch: value,
      next: fc.oneof(
        fc.dictionary(
          fc.constantFrom('pass', 'fail', 'done'),
          fc.constantFrom('a', 'b', 'end', 'x'),
        ),
        value,
      ),
      outputs: value,
    },
    { requiredKeys: ['id'] },
  );

  it('is a runbook or has a place for each of its mistakes', () => {
    const file = fc.record(
      { steps: fc.oneof(fc.array(step, { maxLength: 4 }), value), inputs: value, triggers: value },
      { requiredKeys: ['steps'] },
    );
    fc.assert(
      fc.property(file, (given) => {
        const text = JSON.stringify({
          apiVersion: 'handrail/v1',
          kind: 'Runbook',
          id: 'a',
          title: 'A',
          service: 's',
          owner: 'o',
          ...given,
        });
        const { runbook, diagnostics } = readRunbook({ file: 'a.yaml', bytes: encode(text) });
        expect(runbook === null).toBe(diagnostics.some(({ severity }) => severity === 'error'));
        for (const { line, column } of diagnostics) expect([line, column > 0]).toEqual([1, true]);
      }),
      { numRuns: 150 },
    );
  });
});
