import { codeSpan } from '#domain/runbook/markdown-code.ts';
import { escapeMarkdown } from '#domain/timeline/markdown.ts';

/** One thing that changed, in Markdown, with what belongs to it. */
export type Change = { text: string; details?: readonly string[] };

/** At most so much of a text is shown of each version. */
const LONGEST = 300;

export function bold(text: string): string {
  return `**${escapeMarkdown(text)}**`;
}

export function quoted(text: string): string {
  return `“${escapeMarkdown(cut(text))}”`;
}

export function code(text: string): string {
  return codeSpan(cut(text));
}

/** What became of a text that may be missing before or after; nothing if it is the same. */
export function changed(
  name: string,
  before: string | null,
  after: string | null,
  show: (text: string) => string,
): readonly Change[] {
  return changedText(name, before, after, show).map((text) => ({ text }));
}

export function changedText(
  name: string,
  before: string | null,
  after: string | null,
  show: (text: string) => string,
): readonly string[] {
  if (before === after) return [];
  if (before === null) return after === null ? [] : [`${name}: added ${show(after)}`];
  if (after === null) return [`${name}: removed ${show(before)}`];
  return [`${name}: ${show(before)} → ${show(after)}`];
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
