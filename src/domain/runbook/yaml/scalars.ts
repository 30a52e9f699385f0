import {
  boolCoreTag,
  floatCoreTag,
  getScalarValue,
  intCoreTag,
  NOT_RESOLVED,
  nullCoreTag,
  SCALAR_STYLE,
  type ScalarEvent,
} from 'js-yaml';

import { invalid, pass, type Reading } from './reading.ts';
import { nullAt, type Range, type YamlNode } from './yaml-node.ts';

/** What a scalar is: what is written without any text is found by the mark that stands before it. */
export type Role = 'root' | 'item' | 'key' | 'value';

const MARKS = {
  root: /(?:)/y,
  item: /(?:\s|#[^\n]*\n)*-[ \t]*/y,
  key: /(?:[\s?,]|#[^\n]*\n)*/y,
  value: /(?:\s|#[^\n]*\n)*:[ \t]*/y,
};

export function readScalar(reading: Reading, event: ScalarEvent, role: Role): YamlNode {
  const { text } = reading.source;
  if (event.valueStart === -1) {
    if (event.anchorEnd === -1) pass(reading, MARKS[role]);
    else reading.at = event.anchorEnd;
    return nullAt(reading.at);
  }
  const written = getScalarValue(text, event);
  const value = event.style === SCALAR_STYLE.PLAIN ? coreValue(written) : written;
  const range = rangeOf(text, event);
  reading.at = range.end;
  reading.texts.push({ start: event.valueStart, end: event.valueEnd });
  if (!event.fast && text.slice(range.start, range.end).includes('\n')) {
    reading.longTexts.push(range);
  }
  const problem = role === 'key' ? null : problemWith(value);
  return problem === null ? { kind: 'scalar', ...range, value } : invalid(reading, range, problem);
}

/** With quotes, or with the header of a block, which stands on the line before its text. */
function rangeOf(text: string, { style, valueStart, valueEnd }: ScalarEvent): Range {
  switch (style) {
    case SCALAR_STYLE.PLAIN:
      return { start: valueStart, end: valueEnd };
    case SCALAR_STYLE.SINGLE_QUOTED:
    case SCALAR_STYLE.DOUBLE_QUOTED:
      return { start: valueStart - 1, end: valueEnd + 1 };
    case SCALAR_STYLE.LITERAL_BLOCK:
    case SCALAR_STYLE.FOLDED_BLOCK: {
      const line = text.lastIndexOf('\n', valueStart - 2) + 1;
      const header = text.slice(line, valueStart).search(BLOCK_HEADER);
      return { start: line + header, end: valueEnd };
    }
    default:
      return style satisfies never;
  }
}

const BLOCK_HEADER = /[|>][-+\d]*[ \t]*(?:[ \t]#.*)?\r?\n?$/;

const TAGS = [nullCoreTag, boolCoreTag, intCoreTag, floatCoreTag];

/** What a text without quotes means in the core schema of YAML 1.2. */
function coreValue(text: string): string | number | boolean | null {
  // Most texts are none of these, and their first letter tells.
  if (!/^[-+.\d~nNtTfF]|^$/.test(text)) return text;
  for (const { resolve, tagName } of TAGS) {
    const value = resolve(text, false, tagName);
    if (value !== NOT_RESOLVED) return value;
  }
  return text;
}

function problemWith(value: string | number | boolean | null): string | null {
  if (typeof value === 'string' && !value.isWellFormed()) return 'half a character is no text';
  if (typeof value !== 'number') return null;
  if (!Number.isFinite(value)) return 'a number must be finite';
  return Number.isInteger(value) && !Number.isSafeInteger(value)
    ? 'this number is too large to be kept exactly: put it in quotes'
    : null;
}
