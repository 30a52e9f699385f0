import { describe, expect, test } from 'vitest';

import type { RehearsalCase } from '#domain/rehearsal/rehearsal-case.ts';
import { rehearse } from '#domain/rehearsal/rehearse.ts';
import { dueEffects } from '#domain/stream/effects.ts';
import { by, byBot, clock, give, theRun } from '#test/support/give.ts';
import { runbookOf, settings } from '#test/support/runbooks.ts';

const staging =
  'inputs:\n  environment: {type: string, default: staging}\n  list: {type: array, items: {type: string}, default: []}';
const plan = { from: '2', to: '1' };

function play(steps: string, one: RehearsalCase) {
  return rehearse({ runbook: runbookOf(steps, staging), settings }, one);
}

const rollback = '  - {id: rollback, title: Roll back, uses: deploys.rollback}';
const after = '  - {id: after, title: After, uses: check.metric, with: {query: up}, pass: "< 3%"}';

test.each([
  [{ status: 'succeeded' }, 'succeeded', ['rollback']],
  [{ status: 'notNeeded' }, 'notNeeded', []],
])('%j goes on with the following step', (mock, outcome, writes) => {
  const { failures, run } = play(`${rollback}\n${after}`, {
    mocks: { rollback: { ...mock, plan }, after: { value: 0 } },
    expect: { status: 'succeeded', writes },
  });
  expect(failures).toEqual([]);
  expect(run.steps['rollback']?.finished?.outcome).toBe(outcome);
});

test.each([
  [{ error: 'refused' }, 'failed', 'failed'],
  [{ lost: true }, 'unknown', 'unknown'],
])('%j stops and asks a person', (mock, outcome, status) => {
  const { failures, run } = play(`${rollback}\n${after}`, {
    mocks: { rollback: { ...mock, plan } },
    expect: { waitingOn: 'rollback', writes: ['rollback'] },
  });
  expect(failures).toEqual([]);
  expect(run.position.kind).toBe('ask');
  expect(run.steps['rollback']?.finished).toMatchObject({ outcome, status });
});

test('a world that changed before the write needs a new plan and a new approval', () => {
  const { failures, events } = rehearse(
    { runbook: runbookOf(rollback), settings },
    {
      mocks: {
        rollback: [
          { changed: true, plan },
          { status: 'succeeded', plan: { from: '3', to: '1' } },
        ],
      },
      people: [
        { step: 'rollback', user: 'ben', approve: true },
        { step: 'rollback', user: 'ben', approve: true },
      ],
      expect: { status: 'succeeded', writes: ['rollback'] },
    },
  );
  expect(failures).toEqual([]);
  const hashes = events.flatMap((event) => (event.type === 'Approved' ? [event.hash] : []));
  expect(new Set(hashes).size).toBe(2);
});

test('without a target nothing is asked for but what to do', () => {
  const list =
    '  - {id: list, title: List, uses: deploys.list, fail: has(result.suspect)}\n  - {id: go, title: Go, uses: manual, with: {instructions: Go}}';
  const { failures, events } = play(`${list}\n${rollback}`, {
    mocks: { list: { suspect: { build: '2', before: '1m' } }, rollback: {} },
    people: [{ step: 'go', user: 'ana', done: true }],
    expect: { waitingOn: 'rollback', writes: [] },
  });
  expect(failures).toEqual([]);
  expect(events.some((event) => event.type === 'ApprovalRequested')).toBe(false);
});

test('a write whose inputs can not be told fails, and is not even planned', () => {
  const { failures, run, events } = play(
    "  - {id: rollback, title: Roll back, uses: deploys.rollback, with: {to: '${{ inputs.list[0] }}'}}",
    { expect: { waitingOn: 'rollback', writes: [] } },
  );
  expect(failures).toEqual([]);
  expect(run.steps['rollback']?.finished?.outcome).toBe('failed');
  expect(events.some((event) => event.type === 'PlanComputed')).toBe(false);
});

test('no data right before a write stops and asks; a verdict or a route does not', () => {
  const mocks = { after: { value: null }, rollback: { status: 'succeeded', plan } };
  expect(
    play(`${after}\n${rollback}`, { mocks, expect: { waitingOn: 'after', writes: [] } }).failures,
  ).toEqual([]);
  expect(
    play(`${after}\n${rollback}`, {
      mocks: { ...mocks, after: { value: 1 } },
      expect: { writes: ['rollback'] },
    }).failures,
  ).toEqual([]);
  const routed = after.replace('}', '}, next: {inconclusive: rollback}');
  expect(
    play(`${routed}\n${rollback}`, { mocks, expect: { writes: ['rollback'] } }).failures,
  ).toEqual([]);
});

describe('a write that failed', () => {
  const twice = rollback.replace('}', ', retry: {attempts: 2, backoff: 30s}}');
  const mocks = {
    rollback: [{ error: 'refused', plan }, { status: 'succeeded' }],
    after: { value: 0 },
  };

  test('is not tried again by itself', () => {
    const { failures, run } = play(`${rollback}\n${after}`, {
      mocks,
      expect: { waitingOn: 'rollback', writes: ['rollback'] },
    });
    expect(failures).toEqual([]);
    expect(run.steps['rollback']?.finished?.outcome).toBe('failed');
  });

  test('is tried again as its runbook says, after the wait and under another key', () => {
    const { failures, events } = play(`${twice}\n${after}`, {
      mocks,
      expect: { status: 'succeeded', writes: ['rollback'], elapsed: { atLeast: '30s' } },
    });
    expect(failures).toEqual([]);
    expect(events.flatMap((event) => (event.type === 'WriteStarted' ? [event.key] : []))).toEqual([
      'run/rollback/1',
      'run/rollback/1/2',
    ]);
  });

  test('is tried no more often than that, and never when its answer was lost', () => {
    for (const [mock, outcome] of [
      [{ error: 'refused', plan }, 'failed'],
      [{ lost: true, plan }, 'unknown'],
    ] as const) {
      const { run } = play(`${twice}\n${after}`, { mocks: { rollback: [mock] } });
      expect(run.steps['rollback']?.finished?.outcome).toBe(outcome);
    }
  });

  test('has a plan made anew when the old one expires before the next try', () => {
    const late = rollback.replace('}', ', retry: {attempts: 2, backoff: 20m}}');
    const { events } = play(`${late}\n${after}`, { mocks });
    const types = events.map(({ type }) => type);
    expect(types.filter((type) => type === 'PlanComputed')).toHaveLength(2);
    expect(events.flatMap((event) => (event.type === 'WriteStarted' ? [event.key] : []))).toEqual([
      'run/rollback/1',
      'run/rollback/1/2',
    ]);
  });

  test('hears no late word on the try before', () => {
    const write = { step: 'rollback', visit: 1 };
    const begin = (at: string) =>
      ({ ...byBot(at), ...write, type: 'BeginWrite', attempt: 1, sendBy: at }) as const;
    const report = (key: string, outcome: 'failed' | 'succeeded', at: string) =>
      ({
        ...byBot(at),
        ...write,
        type: 'ReportWrite',
        key,
        outcome,
        message: 'm',
        result: {},
      }) as const;
    const waiting = rehearse(
      { runbook: runbookOf(twice), settings },
      { mocks: { rollback: { plan } } },
    );
    const request = theRun(waiting.stream).steps['rollback']?.write;
    const hash = request?.phase === 'approving' ? request.plan.hash : '';
    const failed = give(
      waiting.stream,
      { ...by('ben'), ...write, type: 'Approve', hash, groups: ['payments-oncall'] },
      begin(clock(0)),
      report('run/rollback/1', 'failed', clock(1)),
    );
    expect(failed.refused).toBeNull();
    expect(give(failed.stream, begin(clock(1, 10))).refused).toBe('run.moved-on');
    const again = give(failed.stream, begin(clock(1, 30)));
    expect(again.events).toMatchObject([{ type: 'WriteStarted', key: 'run/rollback/1/2' }]);
    const { refused } = give(again.stream, report('run/rollback/1', 'succeeded', clock(2)));
    expect(refused).toBe('run.moved-on');
  });
});

describe('a dry run', () => {
  test('ends succeeded at the first plan, and asks for no approval', () => {
    const { failures, events } = rehearse(
      { runbook: runbookOf(`${rollback}\n${after}`), settings },
      {
        mode: 'dryRun',
        mocks: { rollback: { plan } },
        expect: { status: 'succeeded', path: ['rollback'], writes: [] },
      },
    );
    expect(failures).toEqual([]);
    expect(events.some((event) => event.type === 'ApprovalRequested')).toBe(false);
  });

  test('ends at the plan that was made for an option of a choice, too', () => {
    const choose =
      '  - {id: decide, title: Decide, uses: choose, with: {question: What, options: {back: {label: Back, next: rollback}}}}';
    const { failures, run } = play(`${choose}\n${rollback}`, {
      mode: 'dryRun',
      mocks: { rollback: { plan, status: 'succeeded' } },
      people: [{ step: 'decide', user: 'ana', choose: 'back' }],
      expect: { status: 'succeeded', writes: [] },
    });
    expect(failures).toEqual([]);
    expect(run.steps['rollback']?.finished?.result).toMatchObject({
      plan: { from: { build: '2' }, to: { build: '1' } },
    });
  });

  test('only shows what it would tell', () => {
    const tell =
      '  - {id: tell, title: Tell, uses: notify, with: {to: "#x", text: Hi}}\n  - {id: resolve, title: Resolve, uses: incident.resolve, with: {cause: x}}';
    const { failures, events, stream } = play(tell, {
      mode: 'dryRun',
      expect: { status: 'succeeded' },
    });
    expect(failures).toEqual([]);
    expect(events.some((event) => event.type === 'Told')).toBe(false);
    expect(stream.incident?.status).toBe('open');
  });
});

describe('the fence around a write', () => {
  const write = { step: 'rollback', visit: 1 };
  const begin = (attempt: number, at: string) =>
    ({ ...byBot(at), ...write, type: 'BeginWrite', attempt, sendBy: clock(1) }) as const;
  const waiting = rehearse(
    { runbook: runbookOf(rollback), settings },
    { mocks: { rollback: { plan } } },
  );
  const request = theRun(waiting.stream).steps['rollback']?.write;
  const hash = request?.phase === 'approving' ? request.plan.hash : '';
  const groups = ['payments-oncall'];
  const approved = give(waiting.stream, { ...by('ben'), ...write, type: 'Approve', hash, groups });

  test('nothing begins before it is approved', () => {
    expect(give(waiting.stream, begin(1, clock(0))).refused).toBe('run.moved-on');
  });

  test('only one of two that begin the same attempt may send', () => {
    expect(give(approved.stream, begin(1, clock(0)), begin(1, clock(0)))).toMatchObject({
      refused: 'run.moved-on',
      events: [{ type: 'WriteStarted', attempt: 1, key: 'run/rollback/1' }],
    });
  });

  test('a second attempt waits until the first can no longer send, and keeps key and end', () => {
    expect(give(approved.stream, begin(1, clock(0)), begin(2, clock(1))).refused).not.toBeNull();
    const { events } = give(approved.stream, begin(1, clock(0)), begin(2, clock(1, 1)));
    const [first, second] = events.filter((event) => event.type === 'WriteStarted');
    expect(second).toMatchObject({ attempt: 2, key: first?.key, giveUpAt: first?.giveUpAt });
  });

  test.each(['succeeded', 'unknown'] as const)(
    '%s is no outcome of what never began',
    (outcome) => {
      const report = {
        ...byBot(),
        ...write,
        type: 'ReportWrite',
        key: 'run/rollback/1',
        outcome,
        message: 'm',
        result: {},
      } as const;
      expect(give(approved.stream, report).refused).toBe('run.moved-on');
    },
  );

  test('progress of an earlier attempt is not shown', () => {
    const progress = { ...byBot(), ...write, type: 'ReportProgress', message: 'half' } as const;
    const { refused } = give(approved.stream, begin(1, clock(0)), begin(2, clock(2)), {
      ...progress,
      attempt: 1,
    });
    expect(refused).toBe('run.moved-on');
  });

  test('stays due until its outcome is known, under one id', () => {
    const ids = [approved.stream, give(approved.stream, begin(1, clock(0))).stream].map((stream) =>
      dueEffects(stream)
        .filter((effect) => effect.type === 'Write')
        .map(({ id }) => id),
    );
    expect(ids).toEqual([['run/write:rollback:1:1'], ['run/write:rollback:1:1']]);
  });
});

test('a write whose inputs come to what its kind does not take has failed, and nothing is sent', () => {
  const { failures, run } = play(
    "  - {id: rollback, title: Roll back, uses: deploys.rollback, with: {to: '${{ inputs.list }}'}}",
    {
      mocks: { rollback: { status: 'succeeded', plan } },
      expect: { waitingOn: 'rollback', writes: [] },
    },
  );
  expect(failures).toEqual([]);
  expect(run.steps['rollback']?.finished).toMatchObject({
    outcome: 'failed',
    finding: 'with.to: expected string, not []',
  });
});
