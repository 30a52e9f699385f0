import { Lexer, type CST } from 'yaml';

import type { Range } from './yaml-node.ts';

export const MAX_BYTES = 128 * 1024;
export const MAX_NODES = 5_000;
const MAX_ALIASES = 20;
const MAX_DEPTH = 64;
/** Lines, comments and punctuation of a file with that many nodes stay far below. */
const MAX_TOKENS = 30_000;

export type Refusal = Range & { message: string };

export type Scan = {
  refusal: Refusal | null;
  comments: readonly Range[];
  /** Texts that go on over several lines; a block begins with its `|` or `>`. */
  longTexts: readonly Range[];
};

/**
 * What can be told from the bare tokens, which are read in linear time: too much of anything is
 * refused before a tree is built from it, tags and directives before they mean something.
 */
export function scanTokens(text: string): Scan {
  const comments: Range[] = [];
  const longTexts: Range[] = [];
  let [offset, tokens, values, dashes, aliases] = [0, 0, 0, 0, 0];
  let header: number | null = null;
  let isText = false;

  for (const token of new Lexer().lex(text)) {
    if (CONTROL.has(token)) {
      isText = token === TEXT_FOLLOWS;
      continue;
    }
    const range = { start: offset, end: offset + token.length };
    offset = range.end;
    if (token.startsWith('#') && !isText) comments.push(range);
    if (token.startsWith('|') || token.startsWith('>')) header = range.start;
    if (QUOTED.test(token) || isText) {
      if (token.includes('\n')) longTexts.push({ ...range, start: header ?? range.start });
      header = null;
    }
    isText = false;

    tokens += 1;
    if (token === '-' || token === '?') dashes += 1;
    else if (!PUNCTUATION.test(token)) values += 1;
    if (token.startsWith('*')) aliases += 1;

    const message = refusal(token, { tokens, values, dashes, aliases });
    if (message !== null) return { refusal: { ...range, message }, comments, longTexts };
  }
  return { refusal: null, comments, longTexts };
}

const TEXT_FOLLOWS = '\u001f';
/** What the lexer adds to the text to mark the start of a document, a scalar and an error. */
const CONTROL = new Set(['\u0002', '\u0018', TEXT_FOLLOWS]);
const QUOTED = /^["']/;
const PUNCTUATION = /^(?:[\s:,\]}#&!%|>]|---|\.\.\.)/;

function refusal(
  token: string,
  seen: { tokens: number; values: number; dashes: number; aliases: number },
): string | null {
  if (token.startsWith('!')) return 'tags are not allowed';
  if (token.startsWith('%')) return 'directives are not allowed';
  if (seen.values > MAX_NODES || seen.dashes > MAX_NODES) {
    return 'the file has more than 5,000 values';
  }
  if (seen.aliases > MAX_ALIASES) return 'the file has more than 20 aliases';
  return seen.tokens > MAX_TOKENS ? 'the file has too many lines and marks' : null;
}

/** The first place that stands deeper than anybody writes by hand. Does not recurse itself. */
export function tooDeep(document: CST.Document): Refusal | null {
  const open: { token: CST.Token; depth: number }[] = [];
  if (document.value !== undefined) open.push({ token: document.value, depth: 1 });

  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (depth > MAX_DEPTH) {
      return {
        start: token.offset,
        end: token.offset + 1,
        message: 'values nest more than 64 deep',
      };
    }
    if (!('items' in token)) continue;
    for (const { key, value } of token.items) {
      if (key) open.push({ token: key, depth: depth + 1 });
      if (value) open.push({ token: value, depth: depth + 1 });
    }
  }
  return null;
}
