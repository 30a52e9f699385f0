import { describe, expect, it } from 'vitest';

import type { Flags, FlagTarget } from '#ports/flags.ts';

export type FlagHouse = AsyncDisposable & {
  flags: Flags;
  /** A flag that is off. */
  target: FlagTarget;
  /** How often a flag was really changed. */
  changes(): number;
  /** Somebody else sets the flag. */
  setByHand(value: boolean): Promise<void>;
  /** From now on the flag is set and the answer gets lost. */
  loseAnswers(): Promise<void>;
};

/** What every implementation of the `Flags` port promises that can set a flag. */
export function flagsContract(name: string, create: () => Promise<FlagHouse>): void {
  const signal = new AbortController().signal;
  const on = { from: false, to: true, key: 'run-1/fail_over/1', reason: 'gateway A is down' };

  describe(`${name}, as a house of flags`, () => {
    it('reads a flag, and what it was set to', async () => {
      await using house = await create();
      const { flags, target } = house;

      expect(await flags.read(target, signal)).toBe(false);
      expect(await flags.set(target, on, signal)).toEqual({ kind: 'set', previous: false });
      expect(await flags.read(target, signal)).toBe(true);
    });

    it('changes it once, however often it is asked', async () => {
      await using house = await create();
      const { flags, target } = house;

      await flags.set(target, on, signal);
      expect(await flags.set(target, on, signal)).toMatchObject({ kind: 'set' });
      expect(house.changes()).toBe(1);
    });

    it('is set where somebody else was there first, and changes nothing', async () => {
      await using house = await create();
      const { flags, target } = house;
      await house.setByHand(true);

      expect(await flags.set(target, on, signal)).toEqual({ kind: 'set', previous: true });
      expect(house.changes()).toBe(0);
    });

    it('changes nothing when the flag is not what it is said to be', async () => {
      await using house = await create();
      const { flags, target } = house;
      const wrong = { ...on, from: 'half' };

      expect(await flags.set(target, wrong, signal)).toEqual({ kind: 'changed', current: false });
      expect(house.changes()).toBe(0);
      expect(await flags.read(target, signal)).toBe(false);
    });

    it('refuses a value that the flag can not have, and changes nothing', async () => {
      await using house = await create();
      const { flags, target } = house;

      const refused = await flags.set(target, { ...on, to: 'half' }, signal);
      expect(refused).toMatchObject({ kind: 'refused' });
      expect(house.changes()).toBe(0);
    });

    it('goes back the same way', async () => {
      await using house = await create();
      const { flags, target } = house;
      await flags.set(target, on, signal);

      const back = { ...on, from: true, to: false, key: 'run-1/fail_back/1' };
      expect(await flags.set(target, back, signal)).toEqual({ kind: 'set', previous: true });
      expect(await flags.read(target, signal)).toBe(false);
    });

    it('does not know whether it is set when the answer is lost, and reading tells', async () => {
      await using house = await create();
      const { flags, target } = house;
      await house.loseAnswers();

      const lost = flags.set(target, on, AbortSignal.timeout(500)).then(() => 'answered');
      await expect(lost.catch(() => 'lost')).resolves.toBe('lost');
      expect(await flags.read(target, signal)).toBe(true);
    });

    it('has nothing to hope for from a flag that does not exist', async () => {
      await using house = await create();
      const unknown = { ...house.target, flag: 'no-such-flag' };

      await expect(house.flags.read(unknown, signal)).rejects.toMatchObject({
        name: 'PortError',
        retry: false,
      });
    });

    it('gives up when its caller does', async () => {
      await using house = await create();
      const reason = new Error('the run was stopped');

      await expect(house.flags.read(house.target, AbortSignal.abort(reason))).rejects.toBe(reason);
    });
  });
}
