import { readFileSync } from 'node:fs';

import { decide, type Command } from '#domain/stream/decide.ts';
import type { Stream } from '#domain/stream/stream.ts';
import { settings } from '#test/support/runbooks.ts';

/** What becomes of each command in each status: `yes`, or the code of the refusal. */
export function decisionTable(
  commands: Readonly<Record<string, Command>>,
  states: Readonly<Record<string, Stream>>,
): string {
  const rows = Object.entries(commands).map(([name, command]) => {
    const cells = Object.values(states).map((stream) => {
      const decision = decide(command, stream, settings);
      return decision.accepted ? 'yes' : decision.rejection.code.replace(/^\w+\./, '');
    });
    return [name, ...cells];
  });
  return textTable([['', ...Object.keys(states)], ...rows]);
}

/** Rows of cells, one below the other. */
export function textTable(table: readonly (readonly string[])[]): string {
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** A table that a person has reviewed; lines that begin with `#` say how to read it. */
export function reviewedTable(file: URL): string {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replace(/\n$/, '');
}
