import { canonicalJson } from '#domain/canonical-json.ts';
import { isJsonObject, textOf, type JsonObject } from '#domain/json.ts';
import type { WriteOutcome } from '#domain/run/commands.ts';
import type { MeasurementRecord } from '#domain/run/events.ts';

import type { Mock } from './rehearsal-case.ts';

/**
 * What a mock stands for. A part of a result is the rule; the other forms:
 *
 * - `{error: text}`: the measurement or the write failed. Beside other keys of a network check it is
 *   what that check finds of a target that can't be reached: `{connected: false, error: ECONNREFUSED}`.
 * - of a write, `lost: true` (no answer came), `notNeeded: true` (it was so already) and
 *   `changed: true` (the world had changed, and nothing was sent); `plan` beside any of them.
 */

/** Checks to which silence of the target is evidence, with what they only know once it answered. */
const answerOf: Readonly<Record<string, string>> = {
  'check.http': 'status',
  'check.tls': 'daysLeft',
  'check.tcp': 'duration',
  'check.dns': 'duration',
};

export function measurementOf(uses: string, mock: Mock): MeasurementRecord {
  const { error, ...facts } = mock;
  if (typeof error === 'string') {
    if (Object.keys(facts).length === 0) {
      return { kind: 'unavailable', message: error, retry: true };
    }
    const answer = answerOf[uses];
    if (answer !== undefined && (facts[answer] ?? null) === null) {
      return { kind: 'unreachable', code: error, message: error, result: mock };
    }
  }
  return { kind: 'measured', result: mock, summary: canonicalJson(mock) };
}

/** How the result of a rollback says what came of it. */
export const STATUSES_OF_WRITES = ['succeeded', 'notNeeded', 'failed', 'unknown'] as const;

export function writeOf(mock: Mock): {
  outcome: WriteOutcome;
  message: string;
  result: JsonObject;
} {
  const { plan: _plan, lost, notNeeded, changed, error, ...result } = mock;
  if (lost === true) return { outcome: 'unknown', message: 'No answer came', result: {} };
  if (changed === true) return { outcome: 'changed', message: 'It changed', result: {} };
  if (notNeeded === true) return { outcome: 'notNeeded', message: 'It was so already', result };
  if (typeof error === 'string') return { outcome: 'failed', message: error, result: {} };
  const status = result['status'];
  if (typeof status === 'number' && (status < 200 || status > 299)) {
    return { outcome: 'failed', message: `Answered ${status}`, result };
  }
  const outcome = STATUSES_OF_WRITES.find((one) => one === status) ?? 'succeeded';
  return { outcome, message: textOf(status, outcome), result };
}

/** The plan that a mock gives in place of the one that would be made. */
export function planIn(mock: Mock): JsonObject | null {
  return isJsonObject(mock['plan']) ? mock['plan'] : null;
}
