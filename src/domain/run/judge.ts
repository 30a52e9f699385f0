import { condition } from '#domain/expressions/evaluate.ts';
import type { Scope } from '#domain/expressions/scope.ts';
import { textOf, type JsonObject } from '#domain/json.ts';
import { metricName } from '#domain/metrics/metric-name.ts';
import { valueText } from '#domain/metrics/value-text.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';
import type { Step } from '#domain/runbook/runbook.ts';

import type { MeasurementRecord, Verdict } from './events.ts';

export type Judgement = { verdict: Verdict; why: string };

/**
 * What a measurement says about the system. The rule that everything else rests on: no data is
 * never `pass`, and our own failure is never `fail`.
 */
export function judge(
  step: Step,
  withInputs: JsonObject,
  measurement: MeasurementRecord,
  scope: Scope,
): Judgement {
  switch (measurement.kind) {
    case 'unreachable':
      return { verdict: 'fail', why: measurement.message };
    case 'unavailable':
      return { verdict: 'inconclusive', why: measurement.message };
    case 'skipped':
      return { verdict: 'inconclusive', why: 'not needed here' };
    case 'measured':
      return judgeResult(step, withInputs, measurement, {
        ...scope,
        result: { uses: step.uses, value: measurement.result },
      });
    default:
      return measurement satisfies never;
  }
}

function judgeResult(
  step: Step,
  withInputs: JsonObject,
  measured: { result: JsonObject; summary: string },
  scope: Scope,
): Judgement {
  const { result } = measured;
  const summary = readingText(step, withInputs, measured);
  const missing = missingValue(step, result);
  if (missing !== null) return missing;

  const byKind = kindOf(step.uses)?.defaultVerdict(result, withInputs) ?? null;
  if (step.pass === null && step.fail === null) {
    return (
      byKind ?? { verdict: 'inconclusive', why: `${summary}; the step has no pass and no fail` }
    );
  }

  const failing = step.fail === null ? null : condition(step.fail, scope);
  const passing = step.pass === null ? null : condition(step.pass, scope);
  if (failing?.ok === false) return { verdict: 'inconclusive', why: `fail: ${failing.error}` };
  if (passing?.ok === false) return { verdict: 'inconclusive', why: `pass: ${passing.error}` };

  if (failing?.value === true) return { verdict: 'fail', why: summary };
  if (passing === null) {
    // Only `fail` was given, and it does not hold: the kind's own verdict decides, if it has one.
    return byKind === null || byKind.verdict === 'pass'
      ? { verdict: 'pass', why: summary }
      : { verdict: 'inconclusive', why: byKind.why };
  }
  if (passing.value) return { verdict: 'pass', why: summary };
  return { verdict: failing === null ? 'fail' : 'inconclusive', why: summary };
}

/** A metric whose thresholds are percents or times is worded as one: `Error rate is 36.9 %`. */
export function readingText(
  { unit }: Step,
  { metric }: JsonObject,
  { result, summary }: { result: JsonObject; summary: string },
): string {
  const { value } = result;
  if (unit === undefined || typeof value !== 'number') return summary;
  return `${metricName(textOf(metric) || null)} is ${valueText(value, unit)}`;
}

/** A metric without its one value. `noData` speaks of empty, NaN and Inf only, not of many series. */
function missingValue(step: Step, result: JsonObject): Judgement | null {
  if (step.uses !== 'check.metric' || typeof result['value'] === 'number') return null;
  const { series } = result;
  const many = Array.isArray(series) && series.length > 1;
  if (!many) return { verdict: step.noData, why: 'no data' };
  const rules = [step.pass, step.fail].filter((rule) => rule !== null);
  const readsValue = rules.length === 0 || rules.some((rule) => rule.includes('result.value'));
  return readsValue
    ? { verdict: 'inconclusive', why: `${series.length} series where one value is needed` }
    : null;
}
