/**
 * The deployments of one environment, and the one change that may be under way.
 *
 * What runs (`current`) is the newest deployment that succeeded. A change is a deploy or a
 * rollback: a deployment of its own, `running` while the instances are switched. Between the
 * look at what runs and the record of a change nothing is awaited, so of two requests at once
 * one is first and the other is told so.
 */
import type { Release } from '#practice/shop/checkout/release.ts';

import {
  pageOf,
  type Deployment,
  type Recorded,
  type Settings,
  type Shipment,
} from './deployment.ts';
import { rollOut, type Fleet } from './roll-out.ts';
import type { RollbackFaults } from './rollback-faults.ts';
import type { Rollback, RollbackAnswer, RollbackRequest } from './rollback.ts';

export type Environment = {
  list(limit: number): readonly Deployment[];
  /** Of the one that runs, the settings are those of its instances. */
  find(id: string): Recorded | undefined;
  /** Begins, unless another change is under way or deploys are frozen. */
  deploy(shipment: Shipment): Deployment | { refused: 'busy' | 'frozen'; why: string };
  startRollback(key: string, request: RollbackRequest): RollbackAnswer;
  findRollback(by: { key: string } | { id: string }): Rollback | undefined;
  rollbacks(): readonly Rollback[];
  freeze(): Freeze;
  setFreeze(next: { frozen: boolean; reason: string }): Freeze;
  /** Starts what runs with other settings, without a deployment; false while a change is under way. */
  changeByHand(settings: Settings): boolean;
  /** Keys whose settings are not as they were deployed. */
  drifted(): readonly string[];
  /** Puts back what was deployed; false while a change is under way. */
  reconcile(): boolean;
  /** As practice began: later deployments are forgotten, their ids are not used again. */
  startAnew(): Promise<void>;
  /** Gives up what is under way. */
  close(): Promise<void>;
};

/** Deploys that are held back; a rollback never is. As the deploy API answers it. */
export type Freeze = { frozen: boolean; reason: string | null; since: string | null };

const OPEN: Freeze = { frozen: false, reason: null, since: null };

export function createEnvironment(deps: {
  name: string;
  /** Oldest first; the last one runs. */
  history: readonly Recorded[];
  fleet: Fleet;
  stageMs: { deploy: number; rollback: number };
  faults: () => RollbackFaults;
  now: () => Date;
}): Environment {
  const recorded = [...deps.history];
  const rollbacks: { rollback: Rollback; request: RollbackRequest }[] = [];
  const closing = new AbortController();
  let underWay: Promise<unknown> | null = null;
  let freeze = OPEN;
  let byHand: Settings | null = null;
  let count = deps.history.length;

  function deployed(): Recorded {
    const latest = recorded.findLast(({ deployment }) => deployment.status === 'succeeded');
    if (latest === undefined) throw new Error(`nothing was ever deployed to ${deps.name}`);
    return latest;
  }

  function current(): Recorded {
    return byHand === null ? deployed() : { ...deployed(), settings: byHand };
  }

  function find(id: string): Recorded | undefined {
    const running = current();
    if (running.deployment.id === id) return running;
    return recorded.find(({ deployment }) => deployment.id === id);
  }

  function restart(settings: Settings | null): void {
    byHand = settings;
    const release = releaseOf(current());
    for (let index = 0; index < deps.fleet.size; index += 1) deps.fleet.replace(index, release);
  }

  function record({ settings, ...built }: Shipment, rolledBackFrom: string | null): Recorded {
    count += 1;
    const id = `${deps.name}-${count}`;
    const next: Recorded = {
      settings,
      deployment: {
        ...built,
        id,
        kind: rolledBackFrom === null ? 'deploy' : 'rollback',
        status: 'running',
        startedAt: deps.now().toISOString(),
        finishedAt: null,
        rolledBackFrom,
        url: pageOf(deps.name, id),
      },
    };
    recorded.push(next);
    return next;
  }

  async function apply(
    next: Recorded,
    change: { stageMs: number; fails: boolean; switched(count: number): void },
  ): Promise<boolean> {
    const releases = { before: releaseOf(current()), next: releaseOf(next) };
    const done = await rollOut(deps.fleet, releases, { ...change, signal: closing.signal });
    if (done) byHand = null;
    next.deployment.status = done ? 'succeeded' : 'failed';
    next.deployment.finishedAt = deps.now().toISOString();
    return done;
  }

  async function rollBack(rollback: Rollback, target: Recorded, fails: boolean): Promise<void> {
    const { build, commit } = target.deployment;
    const next = record(
      { build, commit, actor: 'deploy-api', commits: [], files: [], settings: target.settings },
      rollback.from,
    );
    const done = await apply(next, {
      stageMs: deps.stageMs.rollback,
      fails,
      switched(ready) {
        rollback.status = 'running';
        rollback.message = `${ready} of ${deps.fleet.size} instances run ${build}`;
      },
    });
    rollback.status = done ? 'succeeded' : 'failed';
    if (!done) rollback.message = 'Given up: an instance did not become ready';
  }

  function begin(change: Promise<unknown>): void {
    underWay = change.finally(() => {
      underWay = null;
    });
  }

  return {
    list: (limit) =>
      recorded
        .toReversed()
        .slice(0, limit)
        .map(({ deployment }) => deployment),
    find,

    deploy(shipment) {
      const { frozen, reason } = freeze;
      if (frozen) return { refused: 'frozen', why: `${deps.name} is frozen: ${reason}` };
      if (underWay !== null) return { refused: 'busy', why: 'another change is under way' };
      const next = record(shipment, null);
      begin(apply(next, { stageMs: deps.stageMs.deploy, fails: false, switched() {} }));
      return next.deployment;
    },

    startRollback(key, request) {
      const { honorKeys, outcome } = deps.faults();
      const earlier = rollbacks.find(({ rollback }) => rollback.key === key);
      if (earlier !== undefined && honorKeys) {
        return isSame(earlier.request, request)
          ? { kind: 'repeated', rollback: earlier.rollback }
          : { kind: 'keyReused' };
      }
      const target = find(request.to);
      if (target?.deployment.status !== 'succeeded') return { kind: 'unknownTarget' };

      const { id: running } = current().deployment;
      if (running !== request.from) return { kind: 'changed', current: running };
      if (underWay !== null) return { kind: 'busy' };

      const id = `${deps.name}-rollback-${rollbacks.length + 1}`;
      const { from, to } = request;
      const url = pageOf(deps.name, id);
      const rollback: Rollback = { id, key, status: 'pending', from, to, url, message: null };
      rollbacks.push({ rollback, request });
      begin(rollBack(rollback, target, outcome === 'fail'));
      return { kind: 'accepted', rollback };
    },

    findRollback(by) {
      if ('id' in by) return rollbacks.find(({ rollback }) => rollback.id === by.id)?.rollback;
      if (!deps.faults().honorKeys) return undefined;
      return rollbacks.find(({ rollback }) => rollback.key === by.key)?.rollback;
    },

    rollbacks: () => rollbacks.map(({ rollback }) => rollback),

    freeze: () => freeze,
    setFreeze({ frozen, reason }) {
      const since = freeze.since ?? deps.now().toISOString();
      freeze = frozen ? { frozen, reason, since } : OPEN;
      return freeze;
    },

    changeByHand(settings) {
      if (underWay !== null) return false;
      restart(settings);
      return true;
    },

    drifted() {
      const before = deployed().settings;
      const now = current().settings;
      return [...new Set([...Object.keys(before), ...Object.keys(now)])].filter(
        (key) => before[key]?.value !== now[key]?.value,
      );
    },

    reconcile() {
      if (underWay !== null) return false;
      if (byHand !== null) restart(null);
      return true;
    },

    async startAnew() {
      await underWay;
      recorded.length = deps.history.length;
      freeze = OPEN;
      restart(null);
    },

    async close() {
      closing.abort();
      await underWay;
    },
  };
}

export function releaseOf({ deployment, settings }: Recorded): Release {
  const values = Object.entries(settings).map(([key, { value }]) => [key, value]);
  return { build: deployment.build, configuration: Object.fromEntries(values) };
}

function isSame(a: RollbackRequest, b: RollbackRequest): boolean {
  return a.from === b.from && a.to === b.to && a.reason === b.reason;
}
