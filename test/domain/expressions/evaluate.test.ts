import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { condition, evaluate, renderText, resolveTemplates } from '#domain/expressions/evaluate.ts';
import type { Scope } from '#domain/expressions/scope.ts';

const scope: Scope = {
  inputs: {
    attempts: 5,
    hold: '2m',
    waits: ['1s', '2s'],
    hosts: ['a', 'b'],
    many: Array.from({ length: 2_000 }, (_, index) => index),
    template: '${{ inputs.hold }}',
  },
  inputSpecs: {
    attempts: { type: 'integer' },
    hold: { type: 'duration' },
    waits: { type: 'array', items: { type: 'duration' } },
  },
  steps: {
    changed: {
      uses: 'deploys.list',
      status: 'succeeded',
      verdict: 'fail',
      result: { deployments: [], suspect: { build: '1842', before: '6m' }, rollbackTarget: null },
      outputs: { build: '1842' },
    },
    symptom: {
      uses: 'check.metric',
      status: null,
      verdict: null,
      result: { value: null },
      outputs: {},
    },
    gateways: {
      uses: 'parallel',
      status: 'succeeded',
      verdict: 'fail',
      result: null,
      outputs: {},
      children: [
        {
          id: 'http',
          item: 'a',
          uses: 'check.http',
          status: 'succeeded',
          verdict: 'fail',
          result: { status: 503, duration: '90ms' },
        },
      ],
    },
  },
  result: {
    uses: 'check.http',
    value: { status: 200, duration: '80ms', body: { constructor: 1 } },
  },
  item: { name: 'host', value: 'api.example' },
  body: { list: [1, 2] },
};

describe('values in expressions', () => {
  it.each([
    ['inputs.attempts / 2', 2],
    ['inputs.attempts / 2.0', 2.5],
    ['inputs.attempts * 0.5', 2.5],
    ['2 > 1.5 && 1.0 == 1', true],
    ['result.status == 200', true],
    ['result.status == 200.0 && 200.0 == result.status && result.status != 1.5', true],
    ['body.list[0] == 1 && inputs.attempts == 5.0 && inputs.attempts in [5]', true],
    ['result.duration < duration("2s")', true],
    ['inputs.hold', '2m'],
    ['inputs.hold + duration("7d")', '7d2m'],
    ['duration("5m") - duration("7m")', '-2m'],
    ['inputs.waits.exists(wait, wait > duration("1s"))', true],
    ['steps.changed.result.suspect.before', '6m'],
    ['steps.changed.outputs.build', '1842'],
    ['steps.gateways.children[0].result.duration < duration("1s")', true],
    ['steps.symptom.result.value == null', true],
    ['steps.symptom.result.value != null && steps.symptom.result.value > 1', false],
    ['result.error == null && null == result.error', true],
    ['steps.changed.result.rollbackTarget == null', true],
    ['steps.changed.result.suspect != null', true],
    ['inputs.url != null', false],
    ['steps.gateways.result == null', true],
    ['inputs.hosts.all(name, result.error == null)', true],
    ['has(steps.changed.result.suspect)', true],
    ['has(steps.changed.result.rollbackTarget)', false],
    ['inputs.hosts.map(name, name + "!")', ['a!', 'b!']],
    ['host', 'api.example'],
    ['body.list[1]', 2],
    ['timestamp("2026-11-22T09:10:00Z")', '2026-11-22T09:10:00.000Z'],
    ['percent(0.423)', '42 %'],
    ['percent(0.0312)', '3.1 %'],
    ['percent(0.9996)', '99.9 %'],
    ['percent(0.00001)', '< 0.01 %'],
    ['percent(1)', '100 %'],
    ['re("checkout-v2", "v[0-9]+$")', true],
    ['-0.0', 0],
  ])('%s is %j', (expression, value) => {
    expect(evaluate(expression, scope)).toEqual({ ok: true, value });
  });

  it('keeps keys that JavaScript gives a meaning of its own', () => {
    expect(evaluate('result.body.constructor', scope)).toEqual({ ok: true, value: 1 });
    expect(evaluate('toString', scope)).toMatchObject({ ok: false });
  });
});

describe('errors in expressions', () => {
  it.each([
    ['steps.symptom.result.value > 0.05', 'this cannot be calculated: null > double'],
    ['steps.decide.verdict == "fail"', 'there is no "decide" here'],
    ['inputs.nope', 'there is no "nope" here'],
    ['steps.changed.result.rollbackTarget.build == null', 'there is no "rollbackTarget" here'],
    ['result.error == "TIMEOUT"', 'there is no "error" here'],
    ['1 +', 'the expression ends too early'],
    ['1.0 / 0', 'the result is not a finite number'],
    ['1 / 0', 'division by zero'],
    ['"a".matches("a")', 'matches() is not available: use re(text, pattern)'],
    ['duration("1.5h")', '"1.5h" is not a duration such as 90s or 5m'],
    ['b"bytes"', 'the result is no value that can be stored'],
  ])('%s says: %s', (expression, error) => {
    expect(evaluate(expression, scope)).toEqual({ ok: false, error });
  });

  it('does not take anything but true and false for a condition', () => {
    expect(condition('inputs.hosts', scope)).toMatchObject({ ok: false });
    expect(condition('result.status == 200', scope)).toEqual({ ok: true, value: true });
  });
});

describe('bounds of an expression', () => {
  it.each([
    ['more than 1,000 characters', `"${'a'.repeat(1_000)}"`],
    ['depth over 32', `${'('.repeat(33)}1${')'.repeat(33)}`],
    [
      'three nested comprehensions',
      'inputs.hosts.map(a, inputs.hosts.map(b, inputs.hosts.map(c, c)))',
    ],
    ['over 100,000 elements in nested loops', 'inputs.many.map(a, inputs.many.filter(b, b == a))'],
    [
      'over 100,000 elements behind an operator',
      'inputs.many.map(a, a in inputs.many && inputs.many == inputs.many)',
    ],
    ['over 100,000 elements behind `in`', 'inputs.many.all(a, a in inputs.many)'],
    [
      'a list that doubles itself',
      `[inputs.many].map(a, [${'a+'.repeat(40)}a].map(b, ${'b+'.repeat(40)}b))`,
    ],
    [
      'a text that doubles itself',
      `["${'x'.repeat(100)}"].map(a, [${'a+'.repeat(200)}a].map(b, ${'b+'.repeat(60)}b+"${'y'.repeat(50)}"))
         .map(c, [c[0]].map(d, size(${'d+'.repeat(60)}d)))`,
    ],
    [
      'a pattern over much text',
      'inputs.many.exists(a, re(string(inputs.many.map(b, "xx").join()), "(x+x+)+y"))',
    ],
  ])('refuses %s, at once', (_what, expression) => {
    const before = performance.now();
    expect(evaluate(expression, scope)).toMatchObject({ ok: false });
    expect(performance.now() - before).toBeLessThan(1_000);
  });

  it('allows what stays within them', () => {
    expect(evaluate('inputs.many.filter(a, a in [1, 2])', scope)).toEqual({
      ok: true,
      value: [1, 2],
    });
    expect(evaluate('inputs.hosts.map(a, inputs.hosts.filter(b, b != a))', scope)).toEqual({
      ok: true,
      value: [['b'], ['a']],
    });
  });

  it('starts each evaluation with the whole budget', () => {
    for (let run = 0; run < 60; run += 1) {
      expect(evaluate('inputs.many.all(a, a >= 0)', scope)).toEqual({ ok: true, value: true });
    }
  });
});

describe('templates', () => {
  it('shows text, durations and JSON, and (unknown) where an expression fails', () => {
    const text =
      '${{ steps.changed.result.suspect.build }} after ${{ inputs.hold }}: ${{ inputs.hosts }} ${{ nope }}';

    expect(renderText(text, scope)).toBe('1842 after 2m: ["a","b"] (unknown)');
  });

  it('does not end at braces inside of strings and maps', () => {
    expect(renderText(`\${{ "}}" }} \${{ {"a": {"b": 1}} }} \${{ '\\'}}' }}`, scope)).toBe(
      `}} {"a":{"b":1}} '}}`,
    );
  });

  it('never looks for templates in a value', () => {
    expect(renderText('${{ inputs.template }}', scope)).toBe('${{ inputs.hold }}');
    expect(resolveTemplates('${{ inputs.template }}', scope)).toEqual({
      ok: true,
      value: '${{ inputs.hold }}',
    });
  });

  it('keeps the type of a value that is the whole string', () => {
    const written = {
      n: '${{ inputs.attempts }}',
      list: ['${{ inputs.hosts }}', 'x${{ inputs.hold }}'],
      k: 1,
    };

    expect(resolveTemplates(written, scope)).toEqual({
      ok: true,
      value: { n: 5, list: [['a', 'b'], 'x2m'], k: 1 },
    });
  });

  it('resolves nothing if one expression fails', () => {
    expect(resolveTemplates({ a: '1', b: ['${{ inputs.nope }}'] }, scope)).toEqual({
      ok: false,
      error: 'inputs.nope: there is no "nope" here',
    });
    expect(resolveTemplates('${{ inputs.hold', scope)).toMatchObject({ ok: false });
  });
});

describe('any text at all', () => {
  const words = [
    'inputs',
    '.',
    'hosts',
    'steps',
    '[',
    ']',
    '(',
    ')',
    '"',
    "'",
    '+',
    '-',
    '/',
    '%',
    'has',
    'map',
    'filter',
    'x',
    ',',
    '==',
    '?',
    ':',
    '{',
    '}',
    '${{',
    '}}',
    '1',
    '0.0',
    'null',
    'in',
    '!',
    '&&',
    'duration',
    're',
    '\\',
  ];

  it('is evaluated to JSON or to an error, never to an exception', () => {
    const expression = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom(...words), { maxLength: 30 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(expression, (text) => {
        const evaluated = evaluate(text, scope);
        expect(JSON.parse(JSON.stringify(evaluated))).toEqual(evaluated);
        expect(renderText(text, scope)).toBeTypeOf('string');
        expect(resolveTemplates([text], scope)).toHaveProperty('ok');
      }),
      { numRuns: 500 },
    );
  });
});
