import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { formatDiagnostics } from '#domain/runbook/format-diagnostics.ts';
import { readRunbook } from '#domain/runbook/read-runbook.ts';

const folder = new URL('rules/', import.meta.url);
const filesIn = (kind: string) =>
  readdirSync(new URL(kind, folder)).filter((name) => name.endsWith('.yaml'));

function findings(path: string): string {
  const bytes = readFileSync(new URL(path, folder));
  const file = path.slice(path.indexOf('/') + 1);
  const { diagnostics, runbook } = readRunbook({ file, bytes });
  expect(runbook === null).toBe(diagnostics.some(({ severity }) => severity === 'error'));
  return formatDiagnostics(diagnostics, () => bytes.toString());
}

describe('a runbook with a mistake', () => {
  it.each(filesIn('err'))('%s is refused as the file beside it says', (name) => {
    const expected = readFileSync(new URL(`err/${name.replace('.yaml', '.out')}`, folder), 'utf8');
    expect(findings(`err/${name}`)).toBe(expected);
  });
});

describe('a runbook that looks like a mistake and is none', () => {
  it.each(filesIn('ok'))('%s has no finding', (name) => {
    expect(findings(`ok/${name}`)).toBe('');
  });
});
