import { describe, expect, it } from 'vitest';

import type { Deployment } from '#domain/deploys/deployment.ts';
import type { Deploys, RollbackOperation } from '#ports/deploys.ts';
import { PortError } from '#ports/port-error.ts';

import { openGame, playWrite } from './play-write.ts';

const step = '  - {id: rollback, title: Roll back, uses: deploys.rollback}';
const key = 'run-1/rollback/1';

describe('a rollback', () => {
  it('is planned, sent once under its key, and followed to its end', async () => {
    const api = platform();

    const told = await playWrite(step, { deploys: api });

    expect(told.plan).toMatchObject({
      plan: { connection: 'deploys', from: { build: '1842' }, to: { build: '1841' } },
    });
    expect(told.finished).toMatchObject({
      outcome: 'succeeded',
      finding: 'Rolled back 1842 → 1841',
      result: { id: 'r-1', status: 'succeeded', from: '1842', to: '1841', url: null },
    });
    expect(api.started).toEqual([key]);
  });

  it('goes back behind builds that came and went again and again', async () => {
    const api = platform();
    for (let minute = 20; minute < 50; minute += 1) {
      const [bad, good] = minute % 2 === 0 ? ['1842', null] : ['1841', 'd-1842'];
      api.deployments.splice(1, 0, deployment(bad, `09:${minute}`, 'hugo', good));
    }

    const { plan } = await playWrite(step, { deploys: api });

    expect(plan).toMatchObject({ plan: { from: { build: '1842' }, to: { build: '1841' } } });
  });

  it('that fails over there has failed, in the words of the deploy API', async () => {
    const api = platform({ ends: { status: 'failed', message: 'An instance did not start' } });

    const { finished } = await playWrite(step, { deploys: api });

    expect(finished).toMatchObject({ outcome: 'failed', finding: 'An instance did not start' });
  });

  it('whose answer was lost is found by its key, and not sent again', async () => {
    const api = platform({ answer: 'lost' });

    const { finished, sent } = await playWrite(step, { deploys: api });

    expect(finished).toMatchObject({ outcome: 'succeeded' });
    expect(api.started).toEqual([key]);
    expect(sent).toBe(1);
  });

  it('that never arrived is sent again, but not before the time of the first attempt is over', async () => {
    const api = platform({ answer: 'not begun' });

    const { finished, sent, elapsedMs } = await playWrite(step, { deploys: api });

    expect(finished).toMatchObject({ outcome: 'succeeded' });
    expect(sent).toBe(2);
    expect(api.started).toEqual([key]);
    expect(elapsedMs).toBeGreaterThan(12_000);
  });

  it('is unknown when nobody can be asked about it until the end', async () => {
    const api = platform({ answer: 'lost', blind: true });

    const { finished, sent, elapsedMs } = await playWrite(step, { deploys: api });

    expect(finished).toMatchObject({ outcome: 'unknown', status: 'unknown' });
    expect(sent).toBe(1);
    expect(elapsedMs).toBeGreaterThanOrEqual(600_000);
  });

  it('that began and never ends is unknown, and says how far it was', async () => {
    const api = platform({ ends: { status: 'running', message: '1 of 3 instances run 1841' } });

    const { finished } = await playWrite(step, { deploys: api });

    expect(finished).toMatchObject({ outcome: 'unknown', result: { id: 'r-1' } });
    expect(finished?.finding).toContain('1 of 3 instances run 1841');
  });

  it('that is refused has failed, and is not tried again', async () => {
    const api = platform();
    const { finished, sent } = await playWrite(step, {
      deploys: {
        ...api,
        startRollback: async () => ({ kind: 'refused', message: 'Not on a Friday' }),
      },
    });

    expect(finished).toMatchObject({ outcome: 'failed', finding: 'Not on a Friday' });
    expect(sent).toBe(1);
  });
});

describe('the last look before a rollback', () => {
  it('sends nothing when somebody else was there first', async () => {
    const api = platform();
    const game = await planned(api);
    api.deployments.unshift(deployment('1841', '09:59', 'ben', 'd-1842'));

    await game.goOn();

    const { finished } = await game.told();
    expect(finished).toMatchObject({
      outcome: 'notNeeded',
      finding: 'Already on 1841 since 09:59, by ben',
    });
    expect(api.started).toEqual([]);
  });

  it('makes a new plan when another build runs by now', async () => {
    const api = platform();
    const game = await planned(api);
    api.deployments.unshift(deployment('1843', '09:59', 'dora'));

    await game.goOn(1);

    expect(await game.told()).toMatchObject({ dropped: '1843 runs now, not 1842.' });
    expect(api.started).toEqual([]);
  });

  it('makes a new plan when the same move would take back more than was approved', async () => {
    const api = platform();
    const game = await planned(api);
    const [first] = api.deployments;
    if (first) api.deployments[0] = { ...first, files: ['db/migrations/7.sql'] };

    await game.goOn(1);

    expect(await game.told()).toMatchObject({
      dropped: 'What it would change is no longer what was approved.',
    });
    expect(api.started).toEqual([]);
  });
});

/** As far as the approved plan, which on staging nobody has to approve. */
async function planned(api: Deploys) {
  const game = openGame(step, { deploys: api });
  await game.begin();
  await game.goOn(1);
  return game;
}

/** A deploy API that has its own ways: `blind` can't be asked about keys. */
function platform(
  ways: {
    answer?: 'lost' | 'not begun';
    blind?: boolean;
    ends?: Pick<RollbackOperation, 'status' | 'message'>;
  } = {},
) {
  const deployments = [deployment('1842', '09:50', 'hugo'), deployment('1841', '05:00', 'gwen')];
  const started: string[] = [];
  let { answer } = ways;
  const lost = new PortError('deploys.unknown', 'The deploy API gave no answer.', { retry: true });
  const api = {
    deployments,
    started,
    list: async (_target, limit) => deployments.slice(0, limit),
    configuration: async () => ({}),
    async startRollback(_target, request) {
      const how = answer;
      answer = undefined;
      if (how === 'not begun') throw lost;
      started.push(request.key);
      if (how === 'lost') throw lost;
      return { kind: 'accepted', operation: operation('pending') };
    },
    async findRollback(_target, wanted) {
      if (ways.blind) throw lost;
      return started.includes(wanted) ? operation('running') : null;
    },
    readRollback: async () => ({ ...operation('succeeded'), ...ways.ends }),
    readFreeze: async () => ({ frozen: false, reason: null }),
    setFreeze: async () => ({ kind: 'set' }),
  } satisfies Deploys & { deployments: Deployment[]; started: string[] };
  return api;
}

function operation(status: RollbackOperation['status']): RollbackOperation {
  return { id: 'r-1', key, status, from: 'd-1842', to: 'd-1841', url: null, message: null };
}

function deployment(
  build: string,
  at: string,
  actor: string,
  rolledBackFrom: string | null = null,
): Deployment {
  return {
    id: rolledBackFrom === null ? `d-${build}` : `d-${build}-again`,
    build,
    commit: null,
    actor,
    kind: rolledBackFrom === null ? 'deploy' : 'rollback',
    status: 'succeeded',
    startedAt: `2026-11-24T${at}:00.000Z`,
    finishedAt: `2026-11-24T${at}:00.000Z`,
    rolledBackFrom,
    url: null,
    commits: [],
    files: [],
  };
}
