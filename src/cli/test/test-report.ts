import type { Place } from '#domain/diagnostic.ts';
import type { Json } from '#domain/json.ts';
import type { Coverage } from '#domain/rehearsal/coverage.ts';
import type { Missed } from '#domain/rehearsal/missed-places.ts';
import type { Visit } from '#domain/rehearsal/visits.ts';

/** What came of all the tests that were asked for. Files are named as seen from the working directory. */
export type TestReport = {
  cases: readonly PlayedCase[];
  /** How many test files there were. */
  files: number;
  /** By runbook; empty unless it was asked for. */
  coverage: readonly RunbookCoverage[];
  durationMs: number;
};

/** A test file that can't be played is one case that fails, named after the file. */
export type PlayedCase = {
  runbook: string;
  name: string;
  place: Place;
  durationMs: number;
  /** Virtual time. */
  elapsedMs: number;
  path: readonly string[];
  visits: readonly Visit[];
  /** How the run stood at the end, in words; null for a case that was not played. */
  ended: string | null;
  failures: readonly CaseFailure[];
};

export type CaseFailure = Place & {
  message: string;
  /** Null on both sides for a mistake in the file: the message says it all. */
  expected: Json;
  actual: Json;
  /** For a mistake in the file. */
  rule: string | null;
  hint: string | null;
};

export type RunbookCoverage = Omit<Coverage, 'missed'> & {
  runbook: string;
  file: string;
  missed: readonly Missed[];
};

/** One side of a failure as text: a list of steps as it was gone through. */
export function sideText(value: Json): string {
  if (value === null) return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(sideText).join(' → ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A failure in one sentence, for formats with a line for it. */
export function failureText({ message, expected, actual, rule, hint }: CaseFailure): string {
  if (rule !== null) return `${rule}: ${message}${hint === null ? '' : `; ${hint}`}`;
  return `${message}: expected ${sideText(expected)}, it was ${sideText(actual)}`;
}
