import { escapeMarkdown } from '#domain/timeline/markdown.ts';

/**
 * What an author wrote for people, as Markdown: code between backticks and lists stay what they are,
 * all else is plain text.
 */
export function prose(text: string): string {
  return text.trim().split('\n').map(line).join('\n');
}

/** The same in one line, for places that have no more. */
export function proseLine(text: string): string {
  return inline(text.replaceAll(/\s+/g, ' ').trim());
}

function line(text: string): string {
  const [, marker = '', rest = ''] = /^(\s*(?:[-*]|\d{1,3}[.)])\s+)?(.*)$/u.exec(text) ?? [];
  return `${marker.replace('*', '-')}${inline(rest)}`;
}

function inline(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? part : spaced(part)))
    .join('');
}

/** `escapeMarkdown` trims, and the space beside a code span counts. */
function spaced(text: string): string {
  if (text.trim() === '') return text;
  return `${/^\s/.test(text) ? ' ' : ''}${escapeMarkdown(text)}${/\s$/.test(text) ? ' ' : ''}`;
}
