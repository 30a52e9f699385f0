import { describe, expect, it } from 'vitest';

import { readSettings } from '#domain/runbook/read-settings.ts';
import { readTest } from '#domain/runbook/read-test.ts';
import { lintFiles } from '#test/domain/runbook/lint-files.ts';
import { encode } from '#test/domain/runbook/runbook-text.ts';

import { hostileFiles } from './hostile-files.ts';

/** The contract is 100 ms; the machine of the tests is small, and does other things, too. */
const LIMIT_MS = 300;

/** Of the processor's own time: what it spends on others is not ours. */
function fastestOf(tries: number, act: () => void): number {
  let fastest = Number.POSITIVE_INFINITY;
  for (let count = 0; count < tries && fastest > LIMIT_MS; count += 1) {
    const before = process.cpuUsage();
    act();
    const { user, system } = process.cpuUsage(before);
    fastest = Math.min(fastest, (user + system) / 1_000);
  }
  return fastest;
}

describe('a file made to stop the reader', () => {
  it.each(Object.entries(hostileFiles))('is answered at once: %s', (_kind, text) => {
    const bytes = typeof text === 'string' ? encode(text) : text;
    const given = { file: 'try.yaml', bytes };

    expect(fastestOf(5, () => lintFiles({ 'try.yaml': bytes }))).toBeLessThan(LIMIT_MS);
    expect(fastestOf(5, () => readSettings(given))).toBeLessThan(LIMIT_MS);
    expect(fastestOf(5, () => readTest(given))).toBeLessThan(LIMIT_MS);

    const { diagnostics } = lintFiles({ 'try.yaml': bytes });
    expect(diagnostics.length).toBeLessThanOrEqual(101);
    for (const { line, column, endLine, endColumn, message } of diagnostics) {
      expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
      expect(endLine > line || endColumn > column).toBe(true);
      expect(message.length).toBeLessThan(400);
    }
  });
});
