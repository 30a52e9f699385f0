import { parser } from '@prometheus-io/lezer-promql';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Json } from '#domain/json.ts';
import { fillQuery } from '#domain/metrics/fill-query.ts';

const fill = (template: string, x: Json) => {
  const filled = fillQuery(template, (expression) =>
    expression === 'inputs.x' ? { ok: true, value: x } : { ok: false, error: 'not there' },
  );
  return filled.ok ? filled.query : null;
};

describe('filling a query', () => {
  it('escapes what would end the string', () => {
    expect(fill('up{a="${{ inputs.x }}"}', 'a"b\\c\nd')).toBe('up{a="a\\"b\\\\c\\nd"}');
    expect(fill("up{a='${{inputs.x}}'}", 'a\'b"')).toBe("up{a='a\\'b\"'}");
    expect(fill('up{a=`${{ inputs.x }}`}', 'a"b')).toBe('up{a=`a"b`}');
    expect(fill('up{a=`${{ inputs.x }}`}', 'a`b')).toBeNull();
  });

  it('lets nothing but numbers and durations stand outside of a string', () => {
    expect(fill('rate(up[${{ inputs.x }}])', '5m')).toBe('rate(up[5m])');
    expect(fill('up > ${{ inputs.x }}', 0.5)).toBe('up > 0.5');
    expect(fill('up > ${{ inputs.x }}', '-2.5e-7')).toBe('up > -2.5e-7');
    expect(fill('up > ${{ inputs.x }}', '1 or vector(1)')).toBeNull();
    expect(fill('up{${{ inputs.x }}}', 'a="b"')).toBeNull();
    expect(fill('${{ inputs.x }}', 'vector(0)')).toBeNull();
  });

  it('is not misled by quotes that are escaped or in a comment', () => {
    expect(fill('up{a="\\"${{ inputs.x }}"}', '"')).toBe('up{a="\\"\\""}');
    expect(fill('# don\'t\nup{a="${{ inputs.x }}"}', '"')).toBe('# don\'t\nup{a="\\""}');
  });

  it('refuses what is not there, is no plain value, or can not be told', () => {
    expect(fill('up{a="${{ inputs.y }}"}', 'a')).toBeNull();
    expect(fill('up{a="${{ inputs.x }}"}', ['a'])).toBeNull();
    expect(fill('up{a="${{ alert.labels.x }}"}', 'a')).toBeNull();
  });

  it('refuses a value behind a backslash, which would take the first character of the value along', () => {
    expect(fill('up{a="\\${{ inputs.x }}"}', '"')).toBeNull();
    expect(fill('up{a="\\\\${{ inputs.x }}"}', '"')).toBe('up{a="\\\\\\""}');
  });

  it('never evaluates a value again', () => {
    expect(fill('up{a="${{ inputs.x }}"}', '${{ inputs.x }}')).toBe('up{a="${{ inputs.x }}"}');
  });

  it('keeps the shape of the query, whatever the value', () => {
    const quoted = fc.constantFrom('"', "'", '`');
    fc.assert(
      fc.property(quoted, fc.string({ unit: 'binary' }), (quote, value) => {
        const query = fill(`sum(up{a=${quote}\${{ inputs.x }}${quote}}) > 1`, value);
        if (query === null) return;
        expect(shape(query)).toBe(shape('sum(up{a="plain"}) > 1'));
      }),
    );
  });
});

/** The kinds of nodes of a query, without its text. */
function shape(query: string): string {
  const nodes: string[] = [];
  parser.parse(query).iterate({ enter: (node) => void nodes.push(node.name) });
  return nodes.join(' ');
}
