/** A code span that no backtick inside of it can end. */
export function codeSpan(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  const fence = '`'.repeat(longestTicks(line) + 1);
  return line === '' ? '(empty)' : `${fence}${pad}${line}${pad}${fence}`;
}

/** A fenced block that no fence inside of it can end. */
export function codeBlock(text: string, language = ''): string {
  const fence = '`'.repeat(Math.max(3, longestTicks(text) + 1));
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}

function longestTicks(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
}
