import { expect, test } from 'vitest';

import type { RehearsalCase } from '#domain/rehearsal/rehearsal-case.ts';
import { rehearse } from '#domain/rehearsal/rehearse.ts';
import type { PlanRecord } from '#domain/run/events.ts';
import { by, byBot, clock, give, theRun } from '#test/support/give.ts';
import { documentOf, runbookOf, settings } from '#test/support/runbooks.ts';

function play(steps: string, one: RehearsalCase = {}) {
  return rehearse({ runbook: runbookOf(steps), settings }, one);
}

const resolve = (more: string) =>
  `  - {id: r, title: R, uses: incident.resolve, with: {cause: Fixed, ${more}}}`;

test('an incident is resolved by a person who confirms the draft, and its channel is archived later', () => {
  const { failures, stream } = play(resolve('followUps: [One, Two]'), {
    people: [{ step: 'r', user: 'ana', confirm: true, reason: 'It was the URL' }],
    expect: { status: 'succeeded' },
  });
  expect(failures).toEqual([]);
  expect(stream.incident).toMatchObject({
    status: 'resolved',
    cause: 'It was the URL',
    followUps: ['One', 'Two'],
    archive: { done: false },
  });
});

test('an incident that a step resolves takes its other runs with it, but for a write under way', () => {
  const begin = { ...byBot(), called: {}, inputs: {}, alert: null, waits: false };
  const other = (id: string, steps: string) =>
    ({
      ...begin,
      type: 'StartRun',
      mode: 'live',
      run: id,
      document: documentOf(runbookOf(steps, `id: ${id}`)),
    }) as const;
  const write = { run: 'writes', step: 'w', visit: 1 };
  const plan: PlanRecord = { kind: 'plan', plan: { to: '1' }, hash: 'h', migrations: [] };
  const { stream } = play(resolve('auto: true'));
  const given = give(
    stream,
    other('waits', '  - {id: m, title: M, uses: manual, with: {instructions: Go}}'),
    other('writes', '  - {id: w, title: W, uses: deploys.rollback}'),
    { ...byBot(), ...write, type: 'ReportPlan', preview: false, plan },
    { ...by('ben'), ...write, type: 'Approve', hash: 'h', groups: ['payments-oncall'] },
    { ...byBot(), ...write, type: 'BeginWrite', attempt: 1, sendBy: clock(1) },
    { ...by('ana'), step: 'r', visit: 1, type: 'Confirm', confirmed: true, cause: null },
  );
  expect(given.refused).toBeNull();
  const { runs, incident } = given.stream;
  expect(incident?.status).toBe('resolved');
  expect(runs['waits']?.end).toMatchObject({ status: 'stopped', by: { id: 'ana' } });
  expect(runs['writes']?.end).toBeNull();
  expect(theRun(given.stream).end).toMatchObject({ status: 'succeeded' });

  const report = {
    ...byBot(clock(2)),
    ...write,
    type: 'ReportWrite',
    key: 'writes/w/1',
    message: '',
  } as const;
  for (const outcome of ['succeeded', 'unknown', 'changed'] as const) {
    const { stream: end } = give(given.stream, { ...report, outcome, result: {} });
    expect(end.runs['writes']?.end).toMatchObject({ status: 'stopped', by: { kind: 'bot' } });
  }
});

test('a run that has resolved its incident does the writes behind that', () => {
  const steps = `${resolve('auto: true')}
  - {id: w, title: W, uses: deploys.unfreeze}`;
  const { failures } = play(steps, {
    mocks: { w: { status: 'succeeded' } },
    people: [
      { step: 'r', user: 'ana', confirm: true },
      { step: 'w', user: 'ben', approve: true },
    ],
    expect: { status: 'succeeded', writes: ['w'] },
  });
  expect(failures).toEqual([]);
});

test('a run of an incident that was over before it began goes its way', () => {
  const { stream } = play(resolve('auto: true'), {
    people: [{ step: 'r', user: 'ana', confirm: true }],
  });
  const write = { run: 'later', step: 'w', visit: 1 };
  const plan: PlanRecord = { kind: 'plan', plan: { to: '1' }, hash: 'h', migrations: [] };
  const given = give(
    stream,
    {
      ...byBot(clock(5)),
      type: 'StartRun',
      mode: 'live',
      run: 'later',
      called: {},
      inputs: {},
      alert: null,
      waits: false,
      document: documentOf(runbookOf('  - {id: w, title: W, uses: deploys.rollback}', 'id: later')),
    },
    { ...byBot(clock(5)), ...write, type: 'ReportPlan', preview: false, plan },
    { ...by('ben', clock(5)), ...write, type: 'Approve', hash: 'h', groups: ['payments-oncall'] },
    { ...byBot(clock(5)), ...write, type: 'BeginWrite', attempt: 1, sendBy: clock(6) },
    {
      ...byBot(clock(6)),
      ...write,
      type: 'ReportWrite',
      key: 'later/w/1',
      outcome: 'unknown',
      message: '',
      result: {},
    },
  );
  expect(given.refused).toBeNull();
  expect(given.stream.runs['later']?.position.kind).toBe('ask');
});

test('an incident that is kept open makes the run ask', () => {
  const { failures, stream } = play(resolve('auto: true'), {
    people: [{ step: 'r', user: 'ana', confirm: false }],
    expect: { waitingOn: 'r' },
  });
  expect(failures).toEqual([]);
  expect(stream.incident?.status).toBe('open');
});

test('only a drill resolves by itself, and only where its step says so', () => {
  const alone = { mode: 'drill', expect: { status: 'succeeded' } } as const;
  const waits = { mode: 'drill', expect: { waitingOn: 'r' } } as const;
  expect(play(resolve('auto: true'), alone).failures).toEqual([]);
  expect(play(resolve('auto: false'), waits).failures).toEqual([]);
  expect(play(resolve('auto: true'), { expect: { waitingOn: 'r' } }).failures).toEqual([]);
});

test('what a target answered is never evaluated, not even in the draft of a resolution', () => {
  const page = "  - {id: p, title: P, uses: check.http, with: {url: 'https://a.example'}}";
  const { stream } = play(`${page}\n${resolve("followUps: ['${{ steps.p.result.body }}']")}`, {
    mocks: { p: { status: 200, body: '${{ run.id }}' } },
    people: [{ step: 'r', user: 'ana', confirm: true }],
  });
  expect(stream.incident?.followUps).toEqual(['${{ run.id }}']);
});

test('a severity that the settings do not know is a failure that never blocks', () => {
  const { failures, stream, run } = play(
    '  - {id: s, title: S, uses: incident.severity, with: {severity: SEV9}}\n  - {id: t, title: T, uses: incident.severity, with: {severity: SEV2}}',
    { expect: { status: 'succeeded' } },
  );
  expect(failures).toEqual([]);
  expect(run.steps['s']?.finished?.status).toBe('failed');
  expect(stream.incident?.severity).toBe('SEV2');
});

test('a notification reads well even where a value is unknown', () => {
  const { events } = play(
    "  - {id: n, title: N, uses: notify, with: {to: ['#x', payments], text: 'In ${{ incident.severity }}: ${{ incident.nothing }}'}}",
  );
  expect(events.find((event) => event.type === 'Told')).toMatchObject({
    to: ['#x', 'payments'],
    text: 'In SEV1: (unknown)',
  });
});
