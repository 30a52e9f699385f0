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
  const line = text?.split(/\r?\n/)[found.line - 1];
  if (line === undefined) return [];
  const from = Math.max(0, Math.min(found.column - 1, line.length) - WIDTH / 2);
  const shown = line.slice(from, from + WIDTH).replaceAll('\t', ' ');
  const gutter = `${found.line} | `;
  const width = Math.max(1, Math.min(found.endColumn - found.column, WIDTH / 2));
  return [
    `${gutter}${shown}`,
    `${' '.repeat(gutter.length + found.column - 1 - from)}${'^'.repeat(width)}`,
  ];
}

function hint(found: Diagnostic): readonly string[] {
  return found.hint === undefined ? [] : [`  ${found.hint}`];
}
