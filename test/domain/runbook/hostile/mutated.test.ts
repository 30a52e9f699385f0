import { readFileSync } from 'node:fs';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { lintFiles } from '#test/domain/runbook/lint-files.ts';

const shipped = (name: string) =>
  readFileSync(new URL(`../../../../runbooks/${name}`, import.meta.url), 'utf8');
const sources = [
  { file: 'checkout/bad-gateway-url.yaml', text: shipped('checkout/bad-gateway-url.yaml') },
  { file: 'checkout/smoke.yaml', text: shipped('checkout/smoke.yaml') },
  { file: 'handrail.yaml', text: shipped('handrail.yaml') },
];
const pieces = [
  '${{',
  '}}',
  '"',
  "'",
  '|\n',
  '>\n',
  '#',
  '&a ',
  '*a',
  '? ',
  '- ',
  ': ',
  '\t',
  '{',
  ']',
];
const words = ['null', '5m', 'ask', 'inputs.hold', '${{ inputs.x }}', '-1', '[]', '{}', 'true'];

type Mutation = {
  kind: 'cut' | 'double' | 'swap' | 'insert' | 'replace';
  at: number;
  with: string;
};
const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('cut', 'double', 'swap', 'insert', 'replace'),
  at: fc.nat(10_000),
  with: fc.oneof(fc.constantFrom(...pieces, ...words), fc.string({ unit: 'binary', maxLength: 3 })),
});

/** By lines: one is gone, stands twice, changes places; or a piece or a value of it is another. */
function mutated(text: string, { kind, at, with: piece }: Mutation): string {
  const lines = text.split('\n');
  const index = at % lines.length;
  const line = lines[index] ?? '';
  switch (kind) {
    case 'cut':
      return lines.toSpliced(index, 1).join('\n');
    case 'double':
      return lines.toSpliced(index, 0, line).join('\n');
    case 'swap':
      return lines.toSpliced(index, 2, lines[index + 1] ?? '', line).join('\n');
    case 'insert': {
      const column = at % (line.length + 1);
      return lines.with(index, line.slice(0, column) + piece + line.slice(column)).join('\n');
    }
    case 'replace':
      return lines
        .with(
          index,
          line.replace(/: .*?(?=[,}]|$)/, () => `: ${piece}`),
        )
        .join('\n');
    default:
      return kind satisfies never;
  }
}

describe('a shipped file with a few changes', () => {
  it('has findings with places in it, in order, and never stops the linter', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...sources),
        fc.array(mutation, { minLength: 1, maxLength: 6 }),
        ({ file, text }, mutations) => {
          const changed = mutations.reduce(mutated, text);
          const files = Object.fromEntries(sources.map((one) => [one.file, one.text]));
          const { diagnostics } = lintFiles({ ...files, [file]: changed });

          const lines = changed.split('\n').length;
          const own = diagnostics.filter((found) => found.file === file);
          for (const found of own) expect(found.endLine).toBeLessThanOrEqual(lines);
          const ordered = own.toSorted((a, b) => a.line - b.line || a.column - b.column);
          expect(own).toEqual(ordered);
        },
      ),
      { numRuns: 100 },
    );
  });
});
