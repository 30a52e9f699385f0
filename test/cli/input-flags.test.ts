import { describe, expect, it } from 'vitest';

import { collectInput, typedInputs } from '#cli/input-flags.ts';

describe('--input', () => {
  it('collects names and values; a value may have an equals sign', () => {
    const inputs = collectInput('b=x=y', collectInput('a='));

    expect(inputs).toEqual({ a: '', b: 'x=y' });
  });

  it.each(['a', '=x', ''])('refuses %j, and says how it is written', (pair) => {
    expect(() => collectInput(pair)).toThrow('--input must be name=value');
  });

  it('refuses a name that is given twice', () => {
    expect(() => collectInput('a=2', { a: '1' })).toThrow('--input a is given twice.');
  });

  it.each([
    ['string', '7', '7'],
    ['duration', '5m', '5m'],
    ['integer', '7', 7],
    ['number', '0.5', 0.5],
    ['number', 'many', 'many'],
    ['boolean', 'true', true],
    ['array', '["a","b"]', ['a', 'b']],
    ['array', 'a, b', ['a', 'b']],
    ['object', '{"a":1}', { a: 1 }],
  ] as const)('reads a %s as what it is: %s', (type, text, value) => {
    expect(typedInputs({ given: text }, { given: { type } })).toEqual({ given: value });
  });

  it('leaves an input that the runbook does not have as text: it is refused by name later', () => {
    expect(typedInputs({ other: '7' }, {})).toEqual({ other: '7' });
  });
});
