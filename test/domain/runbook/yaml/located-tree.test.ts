import { readdirSync, readFileSync } from 'node:fs';

import * as fc from 'fast-check';
import { CORE_SCHEMA, load, realMapTag } from 'js-yaml';
import { describe, expect, it } from 'vitest';

import { readDocument } from '#domain/runbook/yaml/read-document.ts';
import { readYaml } from '#domain/runbook/yaml/read-yaml.ts';
import { createSourceText } from '#domain/runbook/yaml/source-text.ts';
import { toJson, type YamlNode } from '#domain/runbook/yaml/yaml-node.ts';
import { encode } from '#test/domain/runbook/runbook-text.ts';

/** What we make of a text, and what js-yaml makes of it by itself; null where it is refused. */
function ours(text: string): unknown {
  const { root, diagnostics } = readYaml('a.yaml', encode(text));
  return root === null || diagnostics.length > 0 ? null : { value: plain(toJson(root)) };
}

function theirs(text: string): unknown {
  try {
    return { value: plain(load(text, { schema: CORE_SCHEMA.withTags(realMapTag) })) };
  } catch {
    return null;
  }
}

/** Keys that are no text are refused by ours. A number is one as it is written: 00 is 0 for js-yaml. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return Object.fromEntries(
    entries.map(([key, nested]: [string | number | boolean | object | null, unknown]) => {
      if (key === null || typeof key === 'object') throw new Error('no text');
      const name = String(key);
      const number = name.trim() === '' ? Number.NaN : Number(name);
      return [Number.isNaN(number) ? name : String(number), plain(nested)];
    }),
  );
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

/** A node with everything in it. */
function nodesIn(node: YamlNode): readonly YamlNode[] {
  switch (node.kind) {
    case 'scalar':
      return [node];
    case 'list':
      return [node, ...node.items.flatMap(nodesIn)];
    case 'map':
      return [node, ...node.entries.flatMap(({ value }) => nodesIn(value))];
    default:
      return node satisfies never;
  }
}

/** What stands in the place of a node, in its column. */
function readAlone(text: string, { start, end }: YamlNode): unknown {
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  return start === end ? { value: null } : theirs(' '.repeat(column) + text.slice(start, end));
}

describe('the tree of a file', () => {
  it('has the values that js-yaml reads', () => {
    fc.assert(
      fc.property(block, (text) => {
        expect(ours(`a:${text}`)).not.toBeNull();
        expect(ours(`a:${text}`)).toEqual(theirs(`a:${text}`));
      }),
      { numRuns: 500 },
    );
  });

  it('has each of them where it is written: read from there alone, it is the same', () => {
    fc.assert(
      fc.property(block, (rest) => {
        const text = `a:${rest}`;
        const { root } = readDocument(createSourceText('a.yaml', text));
        for (const node of nodesIn(root)) {
          expect(readAlone(text, node)).toEqual({ value: toJson(node) });
          if (node.kind !== 'map') continue;
          for (const { key, keyStart, keyEnd } of node.entries) {
            expect(text.slice(keyStart, keyEnd)).toBe(key);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('has all comments, and nothing of a text', () => {
    fc.assert(
      fc.property(block, (rest) => {
        const text = `a:${rest}`;
        const { comments } = readDocument(createSourceText('a.yaml', text));
        const found = comments.map(({ start, end }) => text.slice(start, end));
        expect(found).toEqual(text.match(/# c(?!")/g) ?? []);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a value behind a name', 'a: &x\n  b: 1', ['b: 1', '1']],
    ['a pair without braces', 'a: [ b: 1 , c ]', ['[ b: 1 , c ]', 'b: 1', '1', 'c']],
    ['a text whose header has a comment', 'a: | # b | c\n  d\n', ['| # b | c\n  d\n']],
    ['an item behind an alias', 'a: &x 1\nb: [*x, 2]', ['1', '[*x, 2]', '1', '2']],
  ])('has the place of %s', (_what, text, expected) => {
    const { root } = readDocument(createSourceText('a.yaml', text));
    const [, ...nodes] = nodesIn(root);
    expect(nodes.map(({ start, end }) => text.slice(start, end))).toEqual(expected);
  });

  it.each([
    ['behind its colon', 'a: \nb:', [3, 6]],
    ['behind its dash', '-\n# c - d\n-  \n', [1, 13]],
    ['behind its name', 'a: &x\nb: &y', [5, 11]],
    ['behind its key', '{ a, ? b, c: }', [3, 8, 13]],
  ])('has a value that is missing %s', (_what, text, expected) => {
    const { root } = readDocument(createSourceText('a.yaml', text));
    const [, ...nodes] = nodesIn(root);
    expect(nodes.map(({ start }) => start)).toEqual(expected);
    expect(nodes.map(({ end }) => end)).toEqual(expected);
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
