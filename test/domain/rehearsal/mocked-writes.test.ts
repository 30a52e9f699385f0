import { describe, expect, test } from 'vitest';

import type { RehearsalCase } from '#domain/rehearsal/rehearsal-case.ts';
import { rehearse } from '#domain/rehearsal/rehearse.ts';
import { runbookOf, settings } from '#test/support/runbooks.ts';

const list = '{id: list, title: L, uses: deploys.list, fail: has(result.suspect)}';
const decide =
  '{id: decide, title: D, uses: choose, with: {question: What, options: {back: {label: Back, recommend: "true", next: back}}}}';
const back = '{id: back, title: B, uses: deploys.rollback, next: {failed: byhand}}';
const byhand = '{id: byhand, title: H, uses: manual, with: {instructions: x}}';
const steps = [list, decide, back, byhand].map((step) => `  - ${step}`).join('\n');

const suspect = { build: '1842', before: '6m' };
const listed = { suspect, rollbackTarget: { build: '1841' } };
const staging = { environment: 'staging' };
const head = 'inputs:\n  environment: {type: string, default: staging}';

const guarded = {
  ...settings,
  services: Object.fromEntries(
    Object.entries(settings.services).map(([name, service]) => [
      name,
      { ...service, migrations: ['db/**'] },
    ]),
  ),
};

function play(one: RehearsalCase, given = steps) {
  const people = one.people ?? [{ step: 'decide', user: 'ana', choose: 'back' }];
  return rehearse(
    { runbook: runbookOf(given, head), settings: guarded },
    { inputs: staging, ...one, people },
  );
}

function planOf({ events }: ReturnType<typeof play>) {
  return events.findLast((event) => event.type === 'PlanComputed')?.plan;
}

describe('a plan', () => {
  test('goes from the mocked suspect to the mocked target', () => {
    const played = play({ mocks: { list: listed, back: { status: 'succeeded' } } });
    expect(planOf(played)).toMatchObject({
      kind: 'plan',
      plan: {
        action: 'deploys.rollback',
        service: 'checkout',
        environment: 'staging',
        from: { build: '1842' },
        to: { build: '1841' },
        migrations: [],
      },
    });
  });

  test('is the one that the mock of the write gives', () => {
    const plan = { to: '1840', commits: ['a'] };
    const played = play({ mocks: { list: listed, back: { status: 'succeeded', plan } } });
    expect(planOf(played)).toMatchObject({
      plan: { from: { build: '1842' }, to: { build: '1840' }, commits: ['a'] },
    });
  });

  test('has no target where the list has none, and a person is asked', () => {
    const mocks = { list: { suspect }, back: {} };
    const { failures, run } = play({ mocks, expect: { waitingOn: 'byhand', writes: [] } });
    expect(failures).toEqual([]);
    expect(run.steps['back']?.finished?.outcome).toBe('failed');
  });

  test('is not needed where the target runs already', () => {
    const mocks = { list: { ...listed, current: { build: '1841' } }, back: {} };
    const { failures, run } = play({ mocks, expect: { writes: [] } });
    expect(failures).toEqual([]);
    expect(run.steps['back']?.finished?.outcome).toBe('notNeeded');
  });

  test("of files that match the service's migrations is not recommended, and takes a reason", () => {
    const mocks = { list: listed, back: { status: 'succeeded', plan: { files: ['db/1.sql'] } } };
    const choose = { step: 'decide', user: 'ana', choose: 'back' };
    const { failures } = play({
      mocks,
      people: [
        { ...choose, expect: 'refused' },
        { ...choose, reason: 'safe' },
      ],
      expect: { recommended: { decide: null }, writes: ['back'] },
    });
    expect(failures).toEqual([]);
    const other = { ...mocks, back: { status: 'succeeded', plan: { files: ['src/1.ts'] } } };
    expect(play({ mocks: other, expect: { recommended: { decide: 'back' } } }).failures).toEqual(
      [],
    );
  });

  test('is shown with an option that nobody chose, and then needs no mock', () => {
    const { failures } = play({
      mocks: { list: listed },
      people: [],
      expect: { waitingOn: 'decide', recommended: { decide: 'back' } },
    });
    expect(failures).toEqual([]);
  });
});

describe('a write', () => {
  test.each([
    [{ status: 'succeeded' }, 'succeeded', ['back']],
    [{}, 'succeeded', ['back']],
    [{ status: 'failed' }, 'failed', ['back']],
    [{ error: 'refused' }, 'failed', ['back']],
    [{ status: 'unknown' }, 'unknown', ['back']],
    [{ lost: true }, 'unknown', ['back']],
    [{ status: 'notNeeded' }, 'notNeeded', []],
    [{ notNeeded: true }, 'notNeeded', []],
  ] as const)('that is mocked with %j is %s', (mock, outcome, writes) => {
    const { failures, run } = play({ mocks: { list: listed, back: mock }, expect: { writes } });
    expect(failures).toEqual([]);
    expect(run.steps['back']?.finished?.outcome).toBe(outcome);
  });

  test('that finds the world changed is planned anew, and takes the next mock', () => {
    const mocks = { list: listed, back: [{ changed: true }, { status: 'succeeded' }] };
    const { failures, events } = play({ mocks, expect: { writes: ['back'] } });
    expect(failures).toEqual([]);
    expect(events.filter((event) => event.type === 'PlanDropped')).toHaveLength(1);
  });

  test('without a mock fails the case', () => {
    const { failures } = play({ mocks: { list: listed } });
    expect(failures).toMatchObject([{ message: 'back was reached and has no mock' }]);
  });

  test('without a mock fails the case, though only a person could go on', () => {
    const { failures } = play({
      inputs: { environment: 'production' },
      mocks: { list: listed },
      expect: { waitingOn: 'back' },
    });
    expect(failures).toMatchObject([{ message: 'back was reached and has no mock' }]);
  });

  test.each([
    [{ status: 204 }, 'succeeded'],
    [{ status: 302 }, 'failed'],
    [{ status: 500 }, 'failed'],
    [{ error: 'reset' }, 'failed'],
  ])('of http.request with %j is %s', (mock, outcome) => {
    const call =
      '  - {id: call, title: C, uses: http.request, with: {url: "https://x.example", method: POST}}';
    const { run } = play({ mocks: { call: mock }, people: [] }, call);
    expect(run.steps['call']?.finished?.outcome).toBe(outcome);
  });

  test('of a called runbook is a write, too', () => {
    const runbook = runbookOf('  - {id: call, title: C, uses: runbook, with: {id: child}}', head);
    const child = runbookOf(
      `  - ${back.replace(', next: {failed: byhand}', '')}`,
      `id: child\n${head}`,
    );
    const called = { child: { runbook: child, digest: 'd', file: 'c.yaml', commit: null } };
    const { failures } = rehearse(
      { runbook, settings, called },
      {
        inputs: staging,
        mocks: { 'call.back': { status: 'succeeded' } },
        expect: { writes: ['call.back'] },
      },
    );
    expect(failures).toEqual([]);
  });
});
