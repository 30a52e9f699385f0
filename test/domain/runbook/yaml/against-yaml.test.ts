import { readdirSync, readFileSync } from 'node:fs';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isScalar, parseDocument, visit } from 'yaml';

import { readYaml } from '#domain/runbook/yaml/read-yaml.ts';
import { toJson } from '#domain/runbook/yaml/yaml-node.ts';
import { encode } from '#test/domain/runbook/runbook-text.ts';

/** What two readers make of a text; null where it is refused. */
function ours(text: string): unknown {
  const { root } = readYaml('a.yaml', encode(text));
  return root === null ? null : { value: toJson(root) };
}

function theirs(text: string): unknown {
  const document = parseDocument(text, { version: '1.2', merge: false });
  let isRefused = document.errors.length > 0 || document.warnings.length > 0;
  visit(document, {
    // What ours refuses, too: keys that are missing or no text, and aliases of nothing.
    Pair: (_, { key }) => {
      if (!isScalar(key) || key.value === null) isRefused = true;
      else if (typeof key.value !== 'string') key.value = key.source;
    },
    Alias: (_, alias) => {
      isRefused ||= alias.resolve(document) === undefined;
    },
  });
  return isRefused ? null : { value: document.toJS() };
}

const between = (open: string, items: readonly string[], close: string, space: string) =>
  `${open}${space}${items.join(`${space}, `)}${space}${close}`;
const deeper = (text: string) => text.replaceAll(/\n(?=[^\n])/g, '\n  ');

const words = fc.constantFrom(
  ...'a 1 -1 0x1f 0o7 1.5 1e3 ~ null true False yes a:b -x ?y :z a#b +1 .5 12:30 2026-01-01 1_000'.split(
    ' ',
  ),
  'b c',
  'a - b',
  `'it''s'`,
  '"q\\n\\x41"',
  '"a: b # c"',
  `''`,
  '"\\ud83d\\ude00"',
  'x # c',
);
const flow = fc.letrec<{ node: string; list: string; map: string }>((tie) => {
  const gap = fc.constantFrom('', '', ' ', '\n                ', ' # c\n                ');
  const nodes = fc.array(tie('node'), { maxLength: 3 });
  return {
    node: fc.oneof(
      { maxDepth: 3 },
      words.map((word) => word.replace(' # c', '')),
      tie('list'),
      tie('map'),
    ),
    list: fc.tuple(nodes, gap).map(([items, space]) => between('[', items, ']', space)),
    map: fc.tuple(nodes, gap).map(([items, space]) =>
      between(
        '{',
        items.map((item, index) => `k${index}: ${item}`),
        '}',
        space,
      ),
    ),
  };
}).node;
const long = fc
  .tuple(
    fc.constantFrom('|', '>', '|-', '>-', '|+', '>+', '| # c'),
    fc.array(fc.constantFrom('t x', 'u: # v', '', ' more', '- z', '\ttab'), { maxLength: 6 }),
  )
  .map(
    ([header, lines]) =>
      ` ${header}\n  first\n${lines.map((line) => line && `  ${line}`).join('\n')}\n`,
  );
const spread = fc.constantFrom(" 'l1\n\n    l2'\n", ' l1\n    l2\n\n   l3\n', ' "l1\\\n    l2"\n');

/** As written behind a mark or a colon in the first column. */
const block = fc.letrec<{ node: string; list: string; map: string }>((tie) => {
  const nodes = fc.array(tie('node'), { minLength: 1, maxLength: 3 });
  const end = fc.constantFrom('\n', ' # c\n', '\n# c\n\n');
  return {
    node: fc.oneof(
      { maxDepth: 3 },
      fc.oneof(words, flow).map((word) => ` ${word}\n`),
      fc.oneof(long, spread, fc.constant('\n')),
      tie('list'),
      tie('map'),
    ),
    list: fc
      .tuple(nodes, end)
      .map(([items, first]) => first + items.map((item) => `  -${deeper(item)}`).join('')),
    map: fc
      .tuple(nodes, end)
      .map(
        ([items, first]) =>
          first + items.map((item, index) => `  k${index}:${deeper(item)}`).join(''),
      ),
  };
}).node;

describe('the reader beside the package yaml', () => {
  it('reads what is well formed to the same value', () => {
    fc.assert(
      fc.property(block, (text) => {
        expect(ours(`a:${text}`)).not.toBeNull();
        expect(ours(`a:${text}`)).toEqual(theirs(`a:${text}`));
      }),
      { numRuns: 500 },
    );
  });

  const folder = new URL('../../../../runbooks/checkout/', import.meta.url);
  const shipped = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'));
  const change = fc.record({
    at: fc.nat(4_000),
    gone: fc.nat(2),
    piece: fc.constantFrom(
      '',
      'a',
      ': ',
      '- ',
      '\n',
      '\n  ',
      '[',
      ']',
      '{',
      '}',
      ',',
      '"',
      "'",
      '|\n',
      '>\n',
      ' #',
    ),
  });

  it('refuses the same changes to shipped files, and reads the others to the same value', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...shipped),
        fc.array(change, { minLength: 1, maxLength: 3 }),
        (file, changes) => {
          const changed = changes.reduce((text, { at, gone, piece }) => {
            const start = at % text.length;
            return text.slice(0, start) + piece + text.slice(start + gone);
          }, file);
          expect(ours(changed)).toEqual(theirs(changed));
        },
      ),
      { numRuns: 200 },
    );
  });
});
