import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { parseForeign, wellFormedJson } from '#domain/well-formed-json.ts';

it.each([
  ['"\\ud800"', '\ufffd'],
  ['"\\uDC00\\uD800"', '\ufffd\ufffd'],
  ['"\\ud83d\\ude00"', '😀'],
  ['"\\ud800\\ud83d\\ude00"', '\ufffd😀'],
  ['"\\ud83d\\ude00\\ude00"', '😀\ufffd'],
  ['"\\\\ud800"', '\\ud800'],
  ['"\\\\\\ud800"', '\\\ufffd'],
  ['"\\ud800\\u0041"', '\ufffdA'],
])('reads %s', (text, expected) => {
  expect(JSON.parse(wellFormedJson(text))).toBe(expected);
});

it('changes nothing in any JSON but its halves of characters', () => {
  const text = fc.string({ unit: 'binary' });
  const halves = fc.constantFrom('\ud800', '\udfff', '\\', '\\u', 'd800', 'a');
  const hostile = fc.array(fc.oneof(halves, text), { maxLength: 20 }).map((all) => all.join(''));
  fc.assert(
    fc.property(fc.oneof(text, hostile), fc.boolean(), (key, escaped) => {
      const plain = JSON.stringify({ [key]: [key] });
      const spelled = escaped ? plain.replaceAll(/[^\0-~]/g, escapeOf) : plain;
      const whole = key.toWellFormed();
      expect(JSON.parse(wellFormedJson(spelled))).toEqual({ [whole]: [whole] });
    }),
    { numRuns: 2_000 },
  );
});

it('is nothing where there is no JSON', () => {
  expect(parseForeign('<html>')).toBeUndefined();
  expect(parseForeign('')).toBeUndefined();
  expect(parseForeign('[1]')).toEqual([1]);
});

function escapeOf(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
