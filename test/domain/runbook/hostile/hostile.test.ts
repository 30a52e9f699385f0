import { describe, expect, it } from 'vitest';

import { readSettings } from '#domain/runbook/read-settings.ts';
import { readTest } from '#domain/runbook/read-test.ts';
import { lintFiles } from '#test/domain/runbook/lint-files.ts';
import { encode } from '#test/domain/runbook/runbook-text.ts';

import { heavyFiles } from './heavy-files.ts';
import { hostileFiles } from './hostile-files.ts';

/** Of the processor's own time: what the machine spends on others is not ours. */
const LIMIT_MS = 100;

/** The fastest of a few: the first time a thing is done it is compiled, too. */
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

function expectAnswerAtOnce(bytes: Uint8Array): void {
  const given = { file: 'try.yaml', bytes };
  expect(fastestOf(3, () => lintFiles({ 'try.yaml': bytes }))).toBeLessThan(LIMIT_MS);
  expect(fastestOf(3, () => readSettings(given))).toBeLessThan(LIMIT_MS);
  expect(fastestOf(3, () => readTest(given))).toBeLessThan(LIMIT_MS);
}

describe('a file made to stop the reader', () => {
  it.each(Object.entries(hostileFiles))('is answered at once with a place: %s', (_kind, text) => {
    const bytes = typeof text === 'string' ? encode(text) : text;
    expectAnswerAtOnce(bytes);

    const { diagnostics } = lintFiles({ 'try.yaml': bytes });
    expect(diagnostics.length).toBeGreaterThanOrEqual(1);
    expect(diagnostics.length).toBeLessThanOrEqual(101);
    for (const { line, column, endLine, endColumn, message } of diagnostics) {
      expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
      expect(endLine > line || endColumn > column).toBe(true);
      expect(message.length).toBeLessThan(400);
    }
  });

  it('is one of 113 kinds at least', () => {
    expect(Object.keys(hostileFiles).length).toBeGreaterThanOrEqual(113);
  });
});

describe('a file that is hard to look at, and right', () => {
  it.each(Object.entries(heavyFiles))('is looked at as fast: %s', (_kind, text) => {
    expectAnswerAtOnce(encode(text));
    expect(lintFiles({ 'try.yaml': text }).diagnostics).toEqual([]);
  });
});
