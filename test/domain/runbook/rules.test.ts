import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { formatDiagnostics } from '#domain/runbook/format-diagnostics.ts';

import { lintFiles } from './lint-files.ts';

const folder = new URL('rules/', import.meta.url);
const textOf = (path: string) => readFileSync(new URL(path, folder), 'utf8');
const filesIn = (kind: string) =>
  readdirSync(new URL(kind, folder)).filter((name) => name.endsWith('.yaml'));

/** Findings of one file, read with those in `beside/`; settings are read alone. */
function findings(kind: string, name: string) {
  const text = textOf(`${kind}/${name}`);
  const files = /^kind: Settings$/m.test(text)
    ? { 'handrail.yaml': text }
    : {
        'handrail.yaml': textOf('beside/handrail.yaml'),
        'smoke.yaml': textOf('beside/smoke.yaml'),
        [name]: text,
      };
  const { diagnostics } = lintFiles(files);
  return formatDiagnostics(diagnostics, (file) =>
    file === name || !(name in files) ? text : null,
  );
}

describe('a file with a mistake', () => {
  it.each(filesIn('err'))('%s has the findings of the file beside it', async (name) => {
    const expected = new URL(`err/${name.replace('.yaml', '.out')}`, folder);
    await expect(findings('err', name)).toMatchFileSnapshot(expected.pathname);
  });
});

describe('a file that looks like a mistake and is none', () => {
  it.each(filesIn('ok'))('%s has no finding', (name) => {
    expect(findings('ok', name)).toBe('');
  });
});
