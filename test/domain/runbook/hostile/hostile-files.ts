/**
 * Files made to stop a reader, one of each kind. All but those of `many…` are small enough to pass
 * the limit of size, so that whatever stops them is the reader itself.
 */
const SIZE = 128 * 1024;
const HEAD = `apiVersion: handrail/v1
kind: Runbook
id: try
title: Try
service: checkout
owner: payments
`;
const manual = (text: string) =>
  `${HEAD}steps: [{id: a, title: A, uses: manual, with: {instructions: '${text}'}}]`;
const check = (more: string) =>
  `${HEAD}steps:\n  - {id: a, title: A, uses: check.tcp, with: {host: x, port: 1}, ${more}}`;
const times = (count: number, make: (index: number) => string, between = '\n') =>
  Array.from({ length: count }, (_, index) => make(index)).join(between);
const fill = (piece: string, size = SIZE - 200) =>
  piece.repeat(Math.floor(size / new TextEncoder().encode(piece).length));
const bytes = (...parts: readonly (string | readonly number[])[]) =>
  new Uint8Array(
    parts.flatMap((part) =>
      typeof part === 'string' ? [...new TextEncoder().encode(part)] : [...part],
    ),
  );

const expression = (text: string) => manual(`\${{ ${text} }}`);

export const hostileFiles: Readonly<Record<string, string | Uint8Array>> = {
  'aliases that double': `a: &a [x,x,x,x,x,x,x,x,x]\n${times(9, (n) => `b${n}: &b${n} [${fill(`*${n === 0 ? 'a' : `b${n - 1}`},`, 9 * 4)}]`)}`,
  'aliases of a large map': `a: &a {${times(2_000, (n) => `k${n}: 1`, ', ')}}\nb: [*a, *a, *a, *a]`,
  'more aliases than may be': `a: &a 1\nb: [${fill('*a,')}]`,
  'a cycle': 'a: &a {b: *a}',
  'an alias as a key': 'a: &a b\n*a : c',
  'anchors on keys': fill('&a a: 1\n', 8_000),
  'anchors on anchors': fill('&a ', 60_000),
  'lists in lists': fill('['),
  'maps in maps': fill('{a: '),
  'lists and maps that close': `${'['.repeat(60_000)}${']'.repeat(60_000)}`,
  'dashes in dashes': fill('- '),
  'question marks': fill('? '),
  'indentation ever deeper': times(480, (n) => `${' '.repeat(n)}a:`),
  'one deep list in a runbook': `${HEAD}steps: ${'['.repeat(64)}${']'.repeat(64)}`,
  'a key of 100 KiB': `${fill('k', 100_000)}: 1`,
  'a quoted key of 100 KiB': `"${fill('k', 100_000)}": 1`,
  'a complex key': '? {a: [b]}\n: c',
  '100,000 keys': times(25_000, (n) => `${n}:`),
  '100,000 keys in braces': `{${times(25_000, (n) => `${n}`, ',')}}`,
  'the same key again and again': fill('a: 1\n'),
  'the same key 2,000 times': `${HEAD}${fill('a: 1\n', 10_000)}`,
  'unknown keys': `${HEAD}${times(2_400, (n) => `key${n}: 1`)}`,
  'unknown keys like known ones': `${HEAD}steps: [{id: a, title: A, uses: check.tcp, with: {${times(2_300, (n) => `hos${n}: 1`, ', ')}}}]`,
  'bytes that are no UTF-8': bytes('a: ', [0xc3, 0x28, 0xf0, 0x90, 0x28, 0xbc]),
  'a surrogate in UTF-8': bytes('a: ', [0xed, 0xa0, 0x80]),
  'a NUL': bytes('a: b', [0], 'c'),
  'a surrogate in an escape': 'a: "\\ud800"',
  'surrogates in escapes as keys': fill('"\\udfff": 1\n', 8_000),
  'a byte-order mark': bytes([0xef, 0xbb, 0xbf], HEAD),
  'a byte-order mark in the middle': bytes('a: ', [0xef, 0xbb, 0xbf], 'b'),
  'UTF-16, little end first': bytes([0xff, 0xfe], [97, 0, 58, 0, 32, 0, 98, 0]),
  'UTF-16, big end first': bytes([0xfe, 0xff], [0, 97, 0, 58, 0, 32, 0, 98]),
  'UTF-32': bytes([0xff, 0xfe, 0, 0, 97, 0, 0, 0]),
  'lines that end in CR': manual('x').replaceAll('\n', '\r'),
  'lines that end in CR and LF': `${HEAD}colour: red\nsteps: 5\n`.replaceAll('\n', '\r\n'),
  'lines that end in NEL': `${HEAD}a: b`.replaceAll('\n', '\u0085'),
  'line separators of Unicode': manual('a\u2028b\u2029c'),
  'tabs as indentation': 'a:\n\t- b\n\t- c',
  'tabs only': fill('\t'),
  'spaces only': fill(' '),
  'empty lines': fill('\n'),
  'an empty file': '',
  'a tag': 'a: !!js/function "x"',
  'many tags': fill('!a '),
  'a merge key': 'a: &a {b: 1}\nc: {<<: *a}',
  'many merge keys': fill('<<: 1\n', 8_000),
  documents: fill('---\na\n'),
  directives: fill('%YAML 1.2\n'),
  'ends of documents': fill('...\n'),
  'a string without an end': `a: "${fill('b', 100_000)}`,
  'strings without an end': fill(`'a\n`),
  'a block of 100 KiB': `a: |\n${fill(' b\n', 100_000)}`,
  'a folded block of short lines': `${HEAD}steps: [{id: a}]\nlinks:\n  a: >\n${fill('    b\n\n', 100_000)}`,
  'a plain text over many lines': `a: b\n${fill('  c\n', 100_000)}`,
  'a number of 100,000 digits': `a: ${fill('9', 100_000)}`,
  'a number too large': 'a: 1e999',
  'a hexadecimal number without an end': `a: 0x${fill('f', 100_000)}`,
  'infinity and no number': 'a: [.inf, -.inf, .nan]',
  'a line of flow': `{a: [${fill('b, ', 100_000)}]}`,
  commas: `[${fill(',')}`,
  colons: fill(':'),
  'colons and spaces': fill(': '),
  hashes: fill('# '),
  comments: fill('#\n'),
  'comments behind values': fill('a #\n'),
  'comments that silence': `${fill('# handrail-ignore bad-cron: x\n', 100_000)}a: 1`,
  'comments that silence in the wrong way': `${fill('# handrail-ignore\n', 100_000)}a: 1`,
  'a comment of blanks': `# handrail-ignore ${fill(' ', 100_000)}\na: 1`,
  'a comment of commas': `# handrail-ignore ${fill('a,', 100_000)}: x\na: 1`,
  backslashes: `a: "${fill('\\\\', 100_000)}"`,
  'percent signs': fill('%'),
  'carets of nothing': fill('&'),
  emoji: manual(fill('😀', 100_000)),
  'a template in a template': manual('${{ '.repeat(20_000)),
  'templates that never close': manual(fill('${{ a ', 100_000)),
  'a template of quotes': manual(`\${{ ${fill('"', 100_000)} }}`),
  'templates that are wrong': manual(fill('${{ nope }} ', 100_000)),
  'templates that are empty': manual(fill('${{}}', 100_000)),
  'braces in a template': manual(`\${{ ${fill('{', 50_000)}`),
  'parentheses in an expression': expression(`${'('.repeat(900)}1`),
  'a long sum': expression(`${'1+'.repeat(490)}1`),
  'long sums': manual(`\${{ ${'1+'.repeat(480)}1 }}`.repeat(100)),
  'a list of lists in an expression': expression(`${'['.repeat(400)}${']'.repeat(400)}`),
  negations: expression(`${'!'.repeat(900)}true`),
  conditions: expression(`${'true ? '.repeat(100)}1${' : 2'.repeat(100)}`),
  'comprehensions in comprehensions': expression(
    '[1,2,3].map(a, [1,2,3].map(b, [1,2,3].map(c, [a,b,c])))',
  ),
  'a condition that counts for long': check(
    `pass: '[${times(240, () => '1', ',')}].all(a, [${times(240, () => '1', ',')}].all(b, a == b))'`,
  ),
  'constant conditions that count for long': `${HEAD}steps:\n${times(15, (n) => `  - {id: s${n}, title: A, uses: check.tcp, with: {host: x, port: 1}, pass: '[${times(220, () => '1', ',')}].all(a, [${times(220, () => '1', ',')}].all(b, a == b))'}`)}`,
  'a regular expression that repeats': check(`pass: 're("a", "${'(a*)*'.repeat(50)}")'`),
  'a regular expression that counts': `${HEAD}inputs: {a: {type: string, pattern: '((a{1,100}){1,100}){1,100}', default: a}}\nsteps: [{id: a}]`,
  'large regular expressions': `${HEAD}inputs:\n${times(200, (n) => `  i${n}: {type: string, pattern: '(x{1,1000}y){1}', default: ${fill('x', 500)}}`)}\nsteps: [{id: a, title: A, uses: manual, with: {instructions: x}}]`,
  'nested inputs': `${HEAD}inputs: {a: ${'{type: array, items: '.repeat(50)}{type: string}${'}'.repeat(50)}}\nsteps: [{id: a}]`,
  'a query of 100 KiB': `${HEAD}steps: [{id: a, title: A, uses: check.metric, with: {query: '${fill('sum(', 100_000)}'}, fail: '> 1'}]`,
  'queries that are wrong': `${HEAD}steps:\n${times(300, (n) => `  - {id: s${n}, title: A, uses: check.metric, with: {query: '${'((+'.repeat(80)}'}, fail: '> 1'}`)}`,
  'a long chain of divisions': `${HEAD}steps: [{id: a, title: A, uses: check.metric, with: {query: '${'a / '.repeat(2_400)}a'}, fail: '> 1'}]`,
  'steps in a circle': `${HEAD}steps:\n${times(380, (n) => `  - {id: s${n}, title: T, uses: deploys.list, next: {fail: s${(n * 7) % 380}, pass: s${(n * 13) % 380}}}`)}`,
  'steps that read each other': `${HEAD}steps:\n${times(300, (n) => `  - {id: s${n}, title: T, uses: check.tcp, with: {host: x, port: 1}, if: steps.s${299 - n}.verdict == "fail"}`)}`,
  'steps of one id': `${HEAD}steps:\n${times(600, () => '  - {id: a, title: A, uses: manual}')}`,
  'steps of no kind': `${HEAD}steps:\n${times(500, (n) => `  - {id: s${n}, title: A, uses: check.htp${n}}`)}`,
  'steps that are numbers': `${HEAD}steps: [${times(4_000, (n) => `${n}`, ',')}]`,
  'routes to nowhere': `${HEAD}steps:\n${times(400, (n) => `  - {id: s${n}, title: A, uses: deploys.list, next: {pass: t${n}, fail: u${n}}}`)}`,
  'a choose of many options': `${HEAD}steps:\n  - id: a\n    title: A\n    uses: choose\n    with:\n      question: Q\n      options: {${times(700, (n) => `o${n}: {label: L, next: x${n}}`, ', ')}}`,
  'writes without anything': `${HEAD}steps:\n${times(600, (n) => `  - {id: s${n}, title: A, uses: deploys.rollback}`)}`,
  'triggers that overlap': `${HEAD}triggers:\n${times(700, (n) => `  - {alert: {alertname: '~a${n}.*', b: c}}`)}\nsteps: [{id: a, title: A, uses: manual, with: {instructions: x}}]`,
  'the words of JavaScript': `${HEAD}__proto__: {a: 1}\nconstructor: 2\nsteps: [{id: a, __proto__: {uses: manual}}]`,
  'a text that looks like tokens': manual(fill('xoxb-Bearer ', 100_000)),
  'a text of one token without an end': manual(fill('eyJ', 100_000)),
  'addresses with names': manual(fill('://a:', 100_000)),
};
