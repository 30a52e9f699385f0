import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { canonicalJson } from '#domain/canonical-json.ts';

describe('canonical JSON', () => {
  it('writes the example of RFC 8785', () => {
    const value = JSON.parse(String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`);

    expect(canonicalJson(value)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('orders keys by their UTF-16 units, at every level', () => {
    const value = {
      '\u20ac': 1,
      '\r': 2,
      '\ufb33': 3,
      '1': 4,
      '\ud83d\ude00': 5,
      '\u0080': 6,
      ö: { b: 1, a: 2 },
    };

    expect(canonicalJson(value)).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"ö":{"a":2,"b":1},"€":1,"😀":5,"\ufb33":3}',
    );
  });

  it('has one text for a value, whatever the order of its keys was', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (object) => {
        const turned = Object.fromEntries(Object.entries(object).toReversed());
        const value = JSON.parse(JSON.stringify(object));
        expect(canonicalJson(JSON.parse(JSON.stringify(turned)))).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(value);
      }),
    );
  });

  it('writes a negative zero as a zero', () => {
    expect(canonicalJson(-0)).toBe('0');
  });

  it.each(['\ud800', '\udc00x', 'a\ud83d'])('refuses the lone surrogate in %j', (text) => {
    expect(() => canonicalJson(text)).toThrow('lone surrogate');
    expect(() => canonicalJson({ [text]: 1 })).toThrow('lone surrogate');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %d', (number) => {
    expect(() => canonicalJson([number])).toThrow('not finite');
  });
});
