import { describe, expect, test } from 'vitest';

import { rehearsedRun } from '#domain/rehearsal/scene.ts';
import type { RunCommand } from '#domain/run/commands.ts';
import type { RunEffect } from '#domain/run/effects.ts';
import type { MeasurementRecord, PlanRecord } from '#domain/run/events.ts';
import { dueEffects } from '#domain/stream/effects.ts';
import { emptyStream, type Stream } from '#domain/stream/stream.ts';
import { byBot, give, theRun } from '#test/support/give.ts';
import { documentOf, runbookOf } from '#test/support/runbooks.ts';

const rate = "uses: check.metric, with: {query: up}, pass: '< 3%'";
const planned: PlanRecord = { kind: 'plan', plan: { to: '1' }, hash: 'h', migrations: [] };
const healthy: MeasurementRecord = { kind: 'measured', result: { value: 0 }, summary: '' };
const silent: MeasurementRecord = { kind: 'unavailable', message: 'refused', retry: false };

/** An unattended dry run, played until nothing is due: `answers` by step, else all is well. */
function probed(
  steps: string,
  answers: Readonly<Record<string, MeasurementRecord | PlanRecord>> = {},
  called = '',
): { stream: Stream; asked: readonly string[] } {
  const child = called === '' ? {} : { child: documentOf(runbookOf(called, 'id: child')) };
  let { stream } = give(emptyStream('night'), {
    ...byBot(),
    type: 'StartRun',
    document: documentOf(runbookOf(steps)),
    called: child,
    inputs: {},
    mode: 'dryRun',
    alert: null,
    waits: false,
    unattended: true,
  });
  const asked: string[] = [];
  for (;;) {
    const due = dueEffects(stream).find((effect) => 'run' in effect);
    if (due === undefined || !('run' in due)) return { stream, asked };
    asked.push(due.step);
    const given = give(stream, answerTo(due, answers[due.step]));
    expect(given.refused).toBeNull();
    stream = given.stream;
  }
}

function answerTo(
  effect: RunEffect,
  answer: MeasurementRecord | PlanRecord | undefined,
): RunCommand {
  const { run, step, visit } = effect;
  const here = { ...byBot(), run, step, visit };
  if (effect.type === 'Measure') {
    const { path, sample, attempt } = effect;
    const measurement = answer && isMeasurement(answer) ? answer : healthy;
    return { ...here, type: 'ReportMeasurement', path, sample, attempt, measurement };
  }
  if (effect.type !== 'Plan') throw new Error(`a dry run must not ask for ${effect.type}`);
  const plan = answer && !isMeasurement(answer) ? answer : planned;
  return { ...here, type: 'ReportPlan', preview: effect.preview, plan };
}

function isMeasurement(answer: MeasurementRecord | PlanRecord): answer is MeasurementRecord {
  return 'result' in answer || 'retry' in answer;
}

describe('an unattended dry run', () => {
  const steps = `  - {id: a, title: A, ${rate}, next: {pass: end}}
  - {id: b, title: B, uses: check.metric, with: {query: 'up{is="\${{ steps.a.verdict }}"}'}, pass: '< 3%'}
  - {id: decide, title: Decide, uses: choose, with: {question: Q, options: {x: {label: X, next: rollback}}}}
  - {id: c, title: C, ${rate}, if: steps.decide.result.choice == "x"}
  - {id: rollback, title: Roll back, uses: deploys.rollback}
  - {id: flag, title: Flag, uses: flags.set, with: {flag: f, value: true}}
  - {id: d, title: D, repeat: a, watch: {giveUpAfter: 1h}}
  - {id: resolve, title: Resolve, uses: incident.resolve, with: {cause: c}}`;

  test('asks every check that it can, wherever the routes lead, then plans the first write', () => {
    const { stream, asked } = probed(steps);
    expect(asked).toEqual(['a', 'b', 'rollback']);
    expect(theRun(stream).end).toMatchObject({ status: 'succeeded', verdict: 'pass' });
    expect(theRun(stream).steps['rollback']?.finished?.finding).toMatch('Dry run');
    expect(dueEffects(stream)).toEqual([]);
  });

  test('goes on where a check has no data, and where no plan can be made', () => {
    const unavailable = { kind: 'unavailable', message: 'gone' } as const;
    const { stream, asked } = probed(steps, { a: silent, rollback: unavailable });
    expect(asked).toEqual(['a', 'b', 'rollback']);
    expect(theRun(stream).end).toMatchObject({ status: 'succeeded', verdict: 'inconclusive' });
    expect(theRun(stream).steps['rollback']?.finished).toMatchObject({ status: 'failed' });
  });

  test('samples a watch once', () => {
    const watch = `  - {id: w, title: W, ${rate}, watch: {hold: 10m, giveUpAfter: 1h}}`;
    expect(probed(watch).asked).toEqual(['w']);
  });

  test('calls what its steps call, and goes on after the plan of a called runbook', () => {
    const call = `  - {id: call, title: Call, uses: runbook, with: {id: child}}
  - {id: after, title: After, uses: check.metric, with: {query: 'up{is="\${{ steps.call.verdict }}"}'}, pass: '< 3%'}`;
    const child = `  - {id: go, title: Go, uses: manual, with: {instructions: Go}}
  - {id: inner, title: Inner, ${rate}}
  - {id: back, title: Back, uses: deploys.rollback}`;
    const { stream, asked } = probed(call, {}, child);
    expect(asked).toEqual(['inner', 'back', 'after']);
    expect(theRun(stream, rehearsedRun).end).toMatchObject({ status: 'succeeded' });
  });
});
