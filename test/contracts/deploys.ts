import { describe, expect, it } from 'vitest';

import type { Deploys, Target } from '#ports/deploys.ts';

export type DeployPlatform = AsyncDisposable & {
  deploys: Deploys;
  target: Target;
  /** What runs, an earlier deployment to go back to, and how many rollbacks were ever started. */
  current: string;
  earlier: string;
  started(): number;
};

/**
 * What every implementation of the `Deploys` port promises. `create` makes a platform with two or
 * more successful deployments, of which the newest has a plain and a secret setting.
 */
export function deploysContract(name: string, create: () => Promise<DeployPlatform>): void {
  const signal = new AbortController().signal;

  describe(`${name}, as a deploy API`, () => {
    it('lists deployments newest first, and no more than asked for', async () => {
      await using platform = await create();
      const { deploys, target, current } = platform;

      const all = await deploys.list(target, 10, signal);
      expect(all[0]?.id).toBe(current);
      expect(all.map((each) => each.startedAt)).toEqual(
        all.map((each) => each.startedAt).toSorted((a, b) => b.localeCompare(a)),
      );
      expect(await deploys.list(target, 1, signal)).toEqual(all.slice(0, 1));
    });

    it('shows plain settings and keeps secret ones back', async () => {
      await using platform = await create();
      const { deploys, target, current } = platform;

      const entries = Object.values(await deploys.configuration(target, current, signal));

      expect(entries.some((entry) => !entry.secret && entry.value !== null)).toBe(true);
      expect(entries.some((entry) => entry.secret)).toBe(true);
      expect(entries.every((entry) => !entry.secret || entry.value === null)).toBe(true);
    });

    it('starts one rollback for one key, however often it is asked', async () => {
      await using platform = await create();
      const { deploys, target, current: from, earlier: to } = platform;
      const request = { from, to, key: 'run-1/rollback/1', reason: 'errors since 09:10' };

      expect(await deploys.findRollback(target, request.key, signal)).toBeNull();
      const first = await deploys.startRollback(target, request, signal);
      const second = await deploys.startRollback(target, request, signal);

      expect(first).toMatchObject({ kind: 'accepted', operation: { key: request.key, from, to } });
      if (first.kind !== 'accepted' || second.kind !== 'accepted') throw new Error('not accepted');
      expect(second.operation.id).toBe(first.operation.id);
      expect(platform.started()).toBe(1);

      const found = await deploys.findRollback(target, request.key, signal);
      expect(found?.id).toBe(first.operation.id);
      const { id } = await deploys.readRollback(target, first.operation.id, signal);
      expect(id).toBe(first.operation.id);
    });

    it('starts nothing when something else runs by now', async () => {
      await using platform = await create();
      const { deploys, target, current, earlier } = platform;
      const request = { from: earlier, to: current, key: 'run-2/rollback/1', reason: '' };

      expect(await deploys.startRollback(target, request, signal)).toEqual({
        kind: 'changed',
        current,
      });
      expect(platform.started()).toBe(0);
      expect(await deploys.findRollback(target, request.key, signal)).toBeNull();
    });

    it('refuses a target that does not exist, and starts nothing', async () => {
      await using platform = await create();
      const { deploys, target, current } = platform;
      const request = { from: current, to: 'no-such', key: 'run-3/rollback/1', reason: '' };

      expect(await deploys.startRollback(target, request, signal)).toMatchObject({
        kind: 'refused',
      });
      expect(platform.started()).toBe(0);
    });

    it('holds deploys back and lets them through again, as often as it is asked', async () => {
      await using platform = await create();
      const { deploys, target } = platform;
      const frozen = { frozen: true, reason: 'errors since 09:10' };

      expect(await deploys.readFreeze(target, signal)).toMatchObject({ frozen: false });
      expect(await deploys.setFreeze(target, frozen, signal)).toEqual({ kind: 'set' });
      expect(await deploys.setFreeze(target, frozen, signal)).toEqual({ kind: 'set' });
      expect(await deploys.readFreeze(target, signal)).toMatchObject(frozen);

      await deploys.setFreeze(target, { frozen: false, reason: 'over' }, signal);
      expect(await deploys.readFreeze(target, signal)).toMatchObject({ frozen: false });
    });

    it('rolls back while deploys are frozen', async () => {
      await using platform = await create();
      const { deploys, target, current: from, earlier: to } = platform;
      await deploys.setFreeze(target, { frozen: true, reason: 'errors since 09:10' }, signal);

      const request = { from, to, key: 'run-4/rollback/1', reason: '' };
      expect(await deploys.startRollback(target, request, signal)).toMatchObject({
        kind: 'accepted',
      });
    });

    it('gives up when its caller does', async () => {
      await using platform = await create();
      const reason = new Error('the run was stopped');

      await expect(
        platform.deploys.list(platform.target, 10, AbortSignal.abort(reason)),
      ).rejects.toBe(reason);
    });
  });
}
