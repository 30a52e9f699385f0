import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { stepKinds } from '#domain/runbook/kinds/registry.ts';
import { readRunbook } from '#domain/runbook/read-runbook.ts';
import { readSettings } from '#domain/runbook/read-settings.ts';
import { readTest } from '#domain/runbook/read-test.ts';
import { RULE_IDS } from '#domain/runbook/rule-id.ts';

import { encode } from './runbook-text.ts';

const folder = new URL('../../../runbooks/', import.meta.url);
const readme = readFileSync(new URL('README.md', folder), 'utf8');
const examples = [...readme.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = '']) => text);
const settings = { file: 'handrail.yaml', bytes: readFileSync(new URL('handrail.yaml', folder)) };

function diagnosticsOf(text: string) {
  const given = { file: 'README.md', bytes: encode(text) };
  if (text.includes('kind: Runbook\n')) return readRunbook(given).diagnostics;
  if (text.includes('kind: RunbookTest\n')) return readTest(given).diagnostics;
  return readSettings(settings, given).diagnostics;
}

describe('the language reference', () => {
  it.each(examples)('shows an example that is right: %s', (text) => {
    expect(diagnosticsOf(text)).toEqual([]);
  });

  it('shows every kind of file', () => {
    const kinds = examples.map((text) => /^kind: (\w+)$/m.exec(text)?.[1]);
    expect(new Set(kinds)).toEqual(new Set(['Runbook', 'RunbookTest', 'SettingsOverlay']));
  });

  it('lists every rule that the code has, and no other', () => {
    const table = readme.slice(readme.indexOf('## Findings'));
    const listed = [...table.matchAll(/^\| ([^|]+) \|/gm)]
      .flatMap(([, cell = '']) => cell.replace(/\(.*?\)/, '').split(','))
      .map((rule) => rule.trim())
      .filter((rule) => rule !== 'rule' && /[a-z]/.test(rule));
    expect(listed.toSorted()).toEqual([...RULE_IDS].toSorted());
  });

  it('names every outcome of every role', () => {
    const missing = stepKinds
      .flatMap(({ outcomes }) => outcomes)
      .filter((outcome) => !readme.includes(`\`${outcome}\``));
    expect(missing).toEqual([]);
  });
});
