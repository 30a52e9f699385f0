/** What people type who know another language better. */
const OPERATORS: Readonly<Record<string, string>> = { and: '&&', or: '||', not: '!', is: '==' };

const SYMBOLS: Readonly<Record<string, string>> = {
  RPAREN: '")"',
  RBRACKET: '"]"',
  RBRACE: '"}"',
  COLON: '":"',
  COMMA: '","',
  IDENTIFIER: 'a name',
};

type Words = (found: RegExpExecArray, written: string) => string;

const SENTENCES: readonly (readonly [RegExp, Words])[] = [
  [/^No such key: (\w+)$/, ([, name]) => `there is no "${name}" here`],
  [/^Unknown variable: (\w+)$/, ([, name]) => `there is no "${name}" here`],
  [/^no such overload: (.+)$/, ([, what]) => `this cannot be calculated: ${what}`],
  [/^found no matching overload for '(.+)'$/, ([, what]) => `this cannot be called: ${what}`],
  [
    /^Expected (\w+), got EOF$/,
    ([, what]) => `the expression ends too early: ${symbol(what)} is missing`,
  ],
  [
    /^Expected (\w+), got \w+$/,
    ([, what], written) => `expected ${symbol(what)}, found "${written}"`,
  ],
  [/^Unexpected token: EOF$/, () => 'the expression ends too early'],
  [/^Unexpected token: \w+$/, (_, written) => `something is missing before "${written}"`],
  [/^Unexpected character: =$/, () => 'one "=" means nothing here: compare with "=="'],
  [
    /^Unexpected character: ([&|])$/,
    ([, one]) => `one "${one}" means nothing here: write "${one}${one}"`,
  ],
  [
    /^Unexpected character: ([‘’“”])$/,
    ([, one]) => `${one} is no quotation mark here: write " or '`,
  ],
  [/^Unexpected character: (.)$/u, ([, one]) => `"${one}" means nothing here`],
  [/^Unexpected character: '.*'$/s, (_, written) => unexpected(written)],
  [/^Exceeded maxDepth \((\d+)\)$/, ([, most]) => `an expression is at most ${most} levels deep`],
  [/^Exceeded maxAstNodes/, () => 'the expression has too many parts'],
  [/^Reserved identifier: (.+)$/, ([, name]) => `"${name}" is a reserved word of CEL`],
  [/^Unterminated string$/, () => 'the text that begins here has no end'],
];

/**
 * The CEL library's sentence in words for people who may never have seen CEL; `written` is the part
 * of the expression that it is about.
 */
export function worded(sentence: string, written: string): string {
  for (const [pattern, words] of SENTENCES) {
    const found = pattern.exec(sentence);
    if (found !== null) return words(found, written);
  }
  return sentence.slice(0, 1).toLowerCase() + sentence.slice(1);
}

function symbol(token: string | undefined): string {
  return SYMBOLS[token ?? ''] ?? 'something else';
}

function unexpected(written: string): string {
  const meant = OPERATORS[written.toLowerCase()];
  return meant === undefined
    ? `"${written}" is not expected here`
    : `"${written}" means nothing here: write "${meant}"`;
}
