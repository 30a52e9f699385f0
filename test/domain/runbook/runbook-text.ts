import { readRunbook, type RunbookReading } from '#domain/runbook/read-runbook.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';

const HEAD = `apiVersion: handrail/v1
kind: Runbook
id: try
title: Try
service: checkout
owner: payments
`;

export const encode = (text: string) => new TextEncoder().encode(text);

/** Reads a runbook of which only what follows the first six lines is given. */
export function read(rest: string): RunbookReading {
  return readRunbook({ file: 'try.yaml', bytes: encode(HEAD + rest) });
}

/** The same for its steps alone; throws if there is anything wrong with them. */
export function runbookOf(steps: string, more = ''): Runbook {
  const { runbook, diagnostics } = read(`${more}steps:${steps}`);
  if (runbook === null) throw new Error(JSON.stringify(diagnostics, null, 2));
  return runbook;
}

/** Each diagnostic as `line:column rule`, to be compared at a glance. */
export function places({
  diagnostics,
}: {
  diagnostics: RunbookReading['diagnostics'];
}): readonly string[] {
  return diagnostics.map(({ line, column, rule }) => `${line}:${column} ${rule}`);
}
