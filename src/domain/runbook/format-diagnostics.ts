import type { Diagnostic, Place } from '#domain/diagnostic.ts';

/**
 * Diagnostics for a terminal: `file:line:column: severity rule: message`, the line with the place
 * underlined, and what would mend it. `textOf` gives the text of a file, or null.
 */
export function formatDiagnostics(
  diagnostics: readonly Diagnostic[],
  textOf: (file: string) => string | null,
): string {
  return diagnostics
    .map((found) => [headline(found), ...excerpt(found, textOf(found.file)), ...hint(found)])
    .map((lines) => `${lines.join('\n')}\n`)
    .join('');
}

function headline({ file, line, column, severity, rule, message }: Diagnostic): string {
  return `${file}:${line}:${column}: ${severity} ${rule}: ${message}`;
}

const WIDTH = 120;

/** The line of a place, and below it the place underlined; nothing where the file is not known. */
export function excerpt(found: Place, text: string | null): readonly string[] {
  const line = text?.split(/\r\n|\r|\n/, found.line)[found.line - 1];
  if (line === undefined) return [];
  const start = Math.min(found.column - 1, line.length);
  const end = found.endLine > found.line ? line.length : Math.min(found.endColumn - 1, line.length);
  const from = Math.max(0, start - WIDTH / 2);
  const cut = from > 0 ? '…' : '';
  const shown = line.slice(from + cut.length, from + WIDTH).replaceAll(/[\t\p{Cc}]/gu, ' ');
  const gutter = `${found.line} | `;
  const width = Math.max(1, Math.min(end, from + WIDTH) - start);
  return [
    `${gutter}${cut}${shown}${line.length > from + WIDTH ? '…' : ''}`,
    `${' '.repeat(gutter.length - 2)}| ${' '.repeat(start - from)}${'^'.repeat(width)}`,
  ];
}

function hint(found: Diagnostic): readonly string[] {
  return found.hint === undefined ? [] : [`  ${found.hint}`];
}
