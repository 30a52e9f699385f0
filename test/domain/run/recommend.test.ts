import { describe, expect, test } from 'vitest';

import type { RehearsalCase } from '#domain/rehearsal/rehearsal-case.ts';
import { rehearse } from '#domain/rehearsal/rehearse.ts';
import { isOld } from '#domain/run/freshness.ts';
import { recommendedOptions } from '#domain/run/recommend.ts';
import { by, byBot, clock, give, theRun } from '#test/support/give.ts';
import { runbookOf, settings } from '#test/support/runbooks.ts';

const runbook =
  runbookOf(`  - {id: a, title: A, uses: check.metric, with: {query: up}, pass: '< 3%'}
  - id: decide
    title: Decide
    uses: choose
    with:
      question: What now
      options:
        back: {label: Back, recommend: steps.a.verdict == "fail", next: rollback}
        look: {label: Look, recommend: 'steps.a.verdict == "pass"', next: end}
        broken: {label: Broken, recommend: 'steps.a.result.series[7].value == 1.0', next: end}
        plain: {label: Plain, next: end}
  - {id: rollback, title: Roll back, uses: deploys.rollback}
  - {id: again, title: Again, uses: manual, with: {instructions: x}, next: {done: decide}}`);

function play(one: RehearsalCase = {}) {
  const mocks = { a: { value: 1 }, rollback: { plan: { from: '2', to: '1' } }, ...one.mocks };
  return rehearse({ runbook, settings }, { ...one, mocks });
}

function recommended({ stream }: ReturnType<typeof give>, now = clock(0)) {
  return recommendedOptions(theRun(stream), stream.incident, 'decide', now);
}

describe('an option is recommended', () => {
  test.each([
    [1, ['back']],
    [0, ['look']],
    [null, []],
  ] as const)('where its evidence says so: %s', (value, options) => {
    const { stream } = play({ mocks: { a: { value } } });
    expect(recommendedOptions(theRun(stream), stream.incident, 'decide', clock(0))).toEqual(
      options,
    );
  });

  test('for five minutes, and then not until it is checked again', () => {
    const { stream } = play();
    expect(recommended(give(stream), clock(5))).toEqual(['back']);
    expect(recommended(give(stream), clock(5, 1))).toEqual([]);
    const rerun = give(stream, { ...by('ana', clock(6)), type: 'Rerun', step: 'a' });
    expect(recommended(rerun, clock(6))).toEqual([]);
    const measurement = { kind: 'measured', result: { value: 1 }, summary: '' } as const;
    const here = { step: 'a', visit: 2, path: 'a', sample: 1, attempt: 1 };
    const checked = give(rerun.stream, {
      ...byBot(clock(6)),
      ...here,
      type: 'ReportMeasurement',
      measurement,
    });
    expect(recommended(checked, clock(6))).toEqual(['back']);
  });

  test('but not while its plan crosses a migration', () => {
    const { stream } = play({
      mocks: { rollback: { plan: { to: '1', migrations: ['db/1.sql'] } } },
    });
    expect(recommended(give(stream))).toEqual([]);
  });

  test('but not while its plan is still to come', () => {
    const { stream } = play();
    const unplanned = { ...theRun(stream), previews: {} };
    expect(recommended(give({ ...stream, runs: { run: unplanned } }))).toEqual([]);
  });
});

test('an option whose plan crosses migrations needs a reason', () => {
  const choose = { step: 'decide', user: 'ana', choose: 'back' } as const;
  const { failures, run } = play({
    mocks: { rollback: { plan: { to: '1', migrations: ['db/1.sql'] } } },
    people: [
      { ...choose, expect: 'refused' },
      { ...choose, reason: ' ', expect: 'refused' },
      { ...choose, reason: 'it only adds a column' },
    ],
    expect: { waitingOn: 'rollback', recommended: { decide: null } },
  });
  expect(failures).toEqual([]);
  expect(run.steps['decide']?.stamps).toMatchObject([{ reason: 'it only adds a column' }]);
});

test('the plan that was shown with the option is the one to approve', () => {
  const { events } = play({ people: [{ step: 'decide', user: 'ana', choose: 'back' }] });
  const plans = events.flatMap((event) =>
    event.type === 'PlanComputed' ? [[event.preview, event.expiresAt]] : [],
  );
  expect(plans).toEqual([
    [true, clock(15)],
    [false, clock(15)],
  ]);
});

test('a plan that grew old beside the choice is made anew before anybody approves it', () => {
  const { events } = play({
    people: [{ step: 'decide', user: 'ana', choose: 'back', after: '16m' }],
  });
  const plans = events.filter((event) => event.type === 'PlanComputed');
  expect(plans.map((event) => event.expiresAt)).toEqual([clock(15), clock(30), clock(30)]);
});

test('a plan for what no choice offers is not kept', () => {
  const { stream } = play();
  const plan = { kind: 'unavailable', message: 'm' } as const;
  const report = { ...byBot(), type: 'ReportPlan', preview: true, plan } as const;
  expect(give(stream, { ...report, step: 'again', visit: 1 }).refused).toBe('run.moved-on');
  expect(give(stream, { ...report, step: 'rollback', visit: 9 }).refused).toBe('run.moved-on');
});

describe('evidence', () => {
  const { stream } = play();
  const run = theRun(stream);
  const visit = run.steps['a'];
  if (visit === undefined) throw new Error('no visit');

  test('is old when a write ended after it, and not when it is from that very moment', () => {
    expect(isOld({ ...run, lastWriteAt: clock(0, 1) }, visit, clock(1))).toBe(true);
    expect(isOld({ ...run, lastWriteAt: clock(0) }, visit, clock(1))).toBe(false);
  });

  test('that is still to come is not old', () => {
    expect(isOld(run, { ...visit, finished: null }, clock(60))).toBe(false);
  });
});
