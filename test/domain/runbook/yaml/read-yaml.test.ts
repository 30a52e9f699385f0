import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readYaml } from '#domain/runbook/yaml/read-yaml.ts';
import { toJson } from '#domain/runbook/yaml/yaml-node.ts';
import { encode } from '#test/domain/runbook/runbook-text.ts';

function refusal(text: string | Uint8Array): string {
  const { diagnostics } = readYaml('a.yaml', typeof text === 'string' ? encode(text) : text);
  return diagnostics
    .map(({ line, column, rule, message }) => `${line}:${column} ${rule} ${message}`)
    .join('\n');
}

function valueOf(text: string): unknown {
  const { root, diagnostics } = readYaml('a.yaml', encode(text));
  expect(diagnostics).toEqual([]);
  return root && toJson(root);
}

describe('what a file may hold', () => {
  it('is one document of the core schema of YAML 1.2', () => {
    expect(
      valueOf('---\na: yes\nb: 012\nc: 0x1f\nd: 2026-11-22\ne: ~\nf: 1.5\n404: g\n...\n'),
    ).toEqual({
      a: 'yes',
      b: 12,
      c: 31,
      d: '2026-11-22',
      e: null,
      f: 1.5,
      '404': 'g',
    });
  });

  it.each([
    ['texts over several lines', 'a: one\n  two\n\n  three\n', { a: 'one two\nthree' }],
    ['quotes', `a: 'it''s'\nb: "\\u00e9\\t\\ud83d\\ude00\\\n  c"\n`, { a: "it's", b: 'é\t😀c' }],
    ['a block', 'a: |\n  one\n   two\n\n\nb: 1\n', { a: 'one\n two\n', b: 1 }],
    ['a block that is kept', 'a: |+\n  one\n\nb: 1\n', { a: 'one\n\n', b: 1 }],
    ['a block that is cut', 'a: |2-\n   one\n\n', { a: ' one' }],
    [
      'a folded block',
      'a: >\n  one\n  two\n\n  three\n   four\n',
      { a: 'one two\nthree\n four\n' },
    ],
    ['a list in the column of its key', 'a:\n- 1\n- - 2\n  - 3\n', { a: [1, [2, 3]] }],
    ['brackets over several lines', 'a: [\n  1, # one\n ]\n', { a: [1] }],
    ['pairs in a list', '[a: 1, "b":2, {c}]', [{ a: 1 }, { b: 2 }, { c: null }]],
    ['keys with a question mark', '? a\n: b\n? c\n', { a: 'b', c: null }],
    ['values that are missing', 'a:\nb:\n  -\n  - ~\n', { a: null, b: [null, null] }],
  ])('writes %s', (_what, text, expected) => {
    expect(valueOf(text)).toEqual(expected);
  });

  it('may use aliases', () => {
    expect(valueOf('a: &x [1]\nb: *x\n')).toEqual({ a: [1], b: [1] });
  });

  it('keeps a key that JavaScript gives a meaning of its own', () => {
    const value = valueOf('__proto__: {a: 1}\nconstructor: 2\n');
    expect(Object.keys(value ?? {})).toEqual(['__proto__', 'constructor']);
  });
});

describe('what is refused', () => {
  it.each([
    ['a tag', 'a: !!str 1', '1:4 bad-yaml tags are not allowed'],
    ['a local tag', 'a:\n  - !secret x', '2:5 bad-yaml tags are not allowed'],
    ['a merge key', 'a: &a {x: 1}\nb: {<<: *a}', '2:5 bad-yaml merge keys are not allowed'],
    ['a directive', '%YAML 1.1\n---\na: 1', '1:1 bad-yaml directives are not allowed'],
    ['two documents', 'a: 1\n---\nb: 1', '2:1 bad-yaml a file holds one document'],
    ['a cycle', 'a: &x [1, *x]', '1:11 bad-yaml *x stands inside itself'],
    ['an alias of nothing', 'a: *x', '1:4 bad-yaml nothing is named &x'],
    ['an empty file', '', '1:1 bad-yaml the file is empty'],
    ['only a comment', '# a\n', '1:1 bad-yaml the file is empty'],
    ['infinity', 'a: .inf', '1:4 bad-yaml a number must be finite'],
    ['half a character', 'a: "\\ud800"', '1:4 bad-yaml half a character is no text'],
    ['a key that is a list', '? [a]\n: b', '1:3 bad-yaml a key must be text'],
    ['two names of a value', 'a: &b &c d', '1:7 bad-yaml this is a second name for one value'],
    ['two names on lines of their own', 'a: &b\n  &c\n  d', '2:3 bad-yaml this is a second name'],
    ['a second map on a line', 'a: b: c', '1:5 bad-yaml a map begins on a line of its own'],
    ['a quote that stays open', `a: 'b\nc`, "2:1 bad-yaml the ' at 1:4 is not closed before"],
    ['a quote without an end', `a: 'b\n c`, "1:4 bad-yaml this ' is never closed"],
    ['a bracket that stays open', 'a: [b\nc: 1', '2:1 bad-yaml the [ at 1:4 is not closed before'],
    ['a bracket without an end', 'a: [b', '1:4 bad-yaml this [ is never closed'],
    ['a bracket too far left', 'a: [\n  b\n]', '3:1 bad-yaml this ] must be indented further than'],
    ['a bracket of another kind', 'a: [b}', '1:6 bad-yaml a comma or ] must stand before this'],
    ['a bracket too many', 'a: [b]]', '1:7 bad-yaml nothing is open here that this ] closes'],
    ['a bracket behind a comment', 'a: { b: "[", # [\nc: 1', '2:1 bad-yaml the { at 1:4 is not'],
    ['a bracket after others', 'a: {b: [c], d: [e,\nf', '2:1 bad-yaml the [ at 1:16 is not closed'],
    ['a quote with others in it', `a: 'it''s\nb`, "2:1 bad-yaml the ' at 1:4 is not closed before"],
    ['a quote with an escape', 'a: "b\\"\n c', '1:4 bad-yaml this " is never closed'],
    ['text behind a quote', `a: 'it's'`, '1:8 bad-yaml nothing can stand behind the closing quote'],
    ['a value without a comma', 'a: [b: c: d]', '1:9 bad-yaml a comma or ] must stand before this'],
    ['a comma without a value', 'a: [b, , c]', '1:8 bad-yaml a value must stand before this ,'],
    ['a colon without a key', 'a: 1\n: b', '2:1 bad-yaml a key must stand before this :'],
    ['a colon without a blank', '"a":b', '1:4 bad-yaml a blank must follow this :'],
    ['a comment without a blank', 'a: "b"#c', '1:7 bad-yaml a comment needs a blank before its #'],
    ['a name that is missing', 'a: & b', '1:4 bad-yaml a name must follow this &'],
    ['a name for an alias', 'a: &b 1\nc: &d *b', '2:7 bad-yaml what another name stands for has'],
    [
      'a text that begins too soon',
      'a: | b',
      '1:6 bad-yaml a text behind | or > begins on the next',
    ],
    [
      'a text below deeper blanks',
      'a: |\n    \n  b',
      '3:3 bad-yaml a blank line above has more spaces',
    ],
    ['a text in brackets', 'a: [|]', "1:5 bad-yaml a text behind | can't stand between"],
    ['a list on the line of its key', 'a: - b', '1:4 bad-yaml a list with dashes begins on a line'],
    ['a tab between brackets', 'a: [b,\n\tc]', '2:1 bad-yaml tabs are not allowed as indentation'],
    ['a tab in front of brackets', 'a:\t[b]', '1:5 bad-yaml a tab stands before this: use spaces'],
    [
      'a key among items',
      'a:\n  - b\n  c: d',
      '3:3 bad-yaml a key stands among the items of a list',
    ],
    ['an item further left', 'a:\n  - b\n - c', '3:2 bad-yaml this line is indented like nothing'],
    ['a key that lost its colon', 'a: 1\nb\n  - c: 2', '2:1 bad-yaml a : must follow this key'],
    [
      'too many brackets',
      `${'['.repeat(65)}${']'.repeat(65)}`,
      '1:65 bad-yaml values nest more than',
    ],
    ['a character of control', 'a: \u0081', '1:4 bad-yaml this is no text: a control character'],
    ['a line further right', 'a: 1\n b: 2', '2:3 bad-yaml what stands before this : goes over'],
    ['a line between two', 'a:\n    b: 1\n  c: 2', '3:3 bad-yaml this line is indented like'],
    ['an item among keys', 'a: 1\n- b', '2:1 bad-yaml an item of a list stands among keys'],
    ['a key without a colon', 'a: 1\nb', '2:1 bad-yaml a : must follow this key'],
    ['a reserved character', 'a: @b', "1:4 bad-yaml a value can't begin with @"],
    ['an unknown escape', 'a: "\\q"', '1:5 bad-yaml there is no escape \\q'],
    ['a long key', `${'k'.repeat(1_025)}: 1`, '1:1 bad-yaml a key has at most 1,024 characters'],
    ['a line end without LF', 'a: 1\rb: 2', '1:5 bad-yaml this is not UTF-8 text'],
    ['a tab as indentation', 'a:\n\t- b', '2:1 bad-yaml tabs are not allowed as indentation'],
  ])('%s', (_what, text, expected) => {
    expect(refusal(text)).toContain(expected);
  });

  it('a number that would lose digits', () => {
    expect(refusal('a: 12345678901234567890')).toContain('put it in quotes');
  });

  it('a duplicate key, with both places', () => {
    expect(refusal('a: 1\nb: {c: 1, "c": 2}\na: 3\n')).toBe(
      '2:11 duplicate-key the key "c" stands here a second time; the first is at 2:5\n' +
        '3:1 duplicate-key the key "a" stands here a second time; the first is at 1:1',
    );
  });

  it.each([
    ['bytes that are no UTF-8', new Uint8Array([97, 58, 32, 0xff])],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 97, 0])],
    ['a NUL', encode('a: \0')],
  ])('%s', (_what, bytes) => {
    expect(refusal(bytes)).toContain('not UTF-8 text');
  });

  it('with the first mistake of YAML only, because the rest follows from it', () => {
    const { diagnostics } = readYaml('a.yaml', encode('a: {b: ${{ inputs.c }}}\nd: 1\n'));
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({ line: 1, column: 9 });
    expect(diagnostics[0]?.hint).toContain('quotes');
  });
});

describe('too much of anything', () => {
  const size = 128 * 1024;
  it.each([
    ['128 KiB and one byte', `a: ${'x'.repeat(size - 2)}`],
    ['deep lists', '['.repeat(size)],
    ['deep maps', '{a: '.repeat(size / 4)],
    ['deep dashes', '- '.repeat(size / 2)],
    [
      'deep indentation',
      Array.from({ length: 500 }, (_, index) => `${' '.repeat(index)}a:`).join('\n'),
    ],
    ['many keys', Array.from({ length: 9_000 }, (_, index) => `k${index}: 1`).join('\n')],
    [
      'many keys in braces',
      `{${Array.from({ length: 9_000 }, (_, index) => `k${index}: 1`).join(', ')}}`,
    ],
    ['many empty lines', `a: 1${'\n'.repeat(size - 10)}`],
    ['many comments', `a: 1\n${'#\n'.repeat(size / 2 - 10)}`],
    ['many question marks', '? '.repeat(size / 2)],
    ['many commas', `[${','.repeat(size - 2)}`],
    ['many documents', '---\n'.repeat(size / 4)],
    ['21 aliases', `a: &a 1\nb: [${'*a, '.repeat(21)}]`],
    ['a bomb of aliases', `a: &a [${'x, '.repeat(2_000)}]\nb: &b [*a, *a]\nc: [*b, *b]`],
  ])('is refused at once: %s', (_what, text) => {
    const before = performance.now();
    refusal(text);
    // Ten times what it takes: the machine of the tests does other things, too.
    expect(performance.now() - before).toBeLessThan(1_000);
  });

  it('is allowed to the last value', () => {
    const keys = Array.from({ length: 2_499 }, (_, index) => `k${index}: 1`);
    expect(valueOf(keys.join('\n'))).toHaveProperty('k2498', 1);
    expect(refusal([...keys, 'k: [1, 2]'].join('\n'))).toContain('5,000');
  });
});

describe('any bytes at all', () => {
  const pieces = [
    'a',
    'b: ',
    '- ',
    '\n',
    '  ',
    '[',
    ']',
    '{',
    '}',
    ',',
    '"',
    "'",
    '|',
    '>',
    '#',
    '&x ',
    '*x',
    '!t ',
    '? ',
    ': ',
    '\t',
    '---\n',
    '...\n',
    '%',
    '\\',
    '\r',
    '<<: ',
    '1',
    '.nan',
    'é',
    '\u{1f600}',
  ];

  it('give a value or a place, never an exception', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .array(fc.constantFrom(...pieces), { maxLength: 60 })
        .map((parts) => encode(parts.join(''))),
    );
    fc.assert(
      fc.property(bytes, (given) => {
        const { root, diagnostics } = readYaml('a.yaml', given);
        expect(root !== null || diagnostics.length > 0).toBe(true);
        for (const { line, column, endLine, endColumn } of diagnostics) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(endLine).toBeGreaterThanOrEqual(line);
          expect(endLine > line || endColumn > column).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
