import { describe, expect, it } from 'vitest';

import type { Json } from '#domain/json.ts';
import type { Flags } from '#ports/flags.ts';
import { PortError } from '#ports/port-error.ts';

import { openGame, playWrite } from './play-write.ts';

const step =
  '  - {id: fail_over, title: Fail over, uses: flags.set, with: {flag: gateway-a-off, value: true}}';
const lost = new PortError('flags.unknown', 'No answer came.', { retry: true });

describe('a flags.set', () => {
  it('is planned with its ends, and set from the one to the other', async () => {
    const house = flagOf(false);

    const { plan, finished } = await playWrite(step, { flags: house });

    expect(plan).toMatchObject({
      plan: {
        flag: 'gateway-a-off',
        from: false,
        to: true,
        environment: 'staging',
        connection: 'flags',
      },
    });
    expect(finished).toMatchObject({
      outcome: 'succeeded',
      finding: 'gateway-a-off is true',
      result: { value: true, previous: false },
    });
    expect(house.asked).toEqual([{ from: false, to: true, key: 'run-1/fail_over/1' }]);
  });

  it('is not needed where the flag is there already', async () => {
    const house = flagOf(true);

    const { finished, sent } = await playWrite(step, { flags: house });

    expect(finished).toMatchObject({
      outcome: 'notNeeded',
      finding: 'gateway-a-off is true already',
    });
    expect(sent).toBe(0);
  });

  it('needs a new plan when the flag is something else at the last moment', async () => {
    const house = flagOf('off');
    const game = openGame(step, { flags: house });
    await game.begin();
    await game.goOn(1);
    house.value = 'half';

    await game.goOn(1);

    const { dropped } = await game.told();
    expect(dropped).toBe('What it would change is no longer what was approved.');
    expect(house.asked).toEqual([]);
  });

  it('needs a new plan when another one came between the last look and the change', async () => {
    const house = flagOf(false, { set: async () => ({ kind: 'changed', current: 'half' }) });
    const game = openGame(step, { flags: house });
    await game.begin();

    await game.goOn(2);

    expect(await game.told()).toMatchObject({
      dropped: 'gateway-a-off is half now, not false.',
    });
  });

  it('whose answer was lost is done when the flag says so', async () => {
    const house = flagOf(false);
    const losing = {
      ...house,
      set: async (...given: Parameters<Flags['set']>) => {
        await house.set(...given);
        throw lost;
      },
    };

    const { finished, sent } = await playWrite(step, { flags: losing });

    expect(finished).toMatchObject({ outcome: 'succeeded', result: { previous: false } });
    expect(sent).toBe(1);
  });

  it('that never arrived is sent again once its time is over', async () => {
    const house = flagOf(false);
    let first = true;
    const { elapsedMs, finished, sent } = await playWrite(step, {
      flags: {
        ...house,
        async set(...given) {
          if (!first) return house.set(...given);
          first = false;
          throw lost;
        },
      },
    });

    expect(finished).toMatchObject({ outcome: 'succeeded' });
    expect(sent).toBe(2);
    expect(elapsedMs).toBeGreaterThan(12_000);
  });

  it('is unknown when the flag is neither what it was nor what it was to be', async () => {
    const house = flagOf(false, {
      async set() {
        house.value = 'half';
        throw lost;
      },
    });

    const { finished } = await playWrite(step, { flags: house });

    expect(finished).toMatchObject({
      outcome: 'unknown',
      finding: 'gateway-a-off is half now, neither false nor true.',
    });
  });

  it('that is refused has failed, in the words of whoever refused', async () => {
    const house = flagOf(false, { set: async () => ({ kind: 'refused', message: 'Ask first' }) });

    const { finished } = await playWrite(step, { flags: house });

    expect(finished).toMatchObject({ outcome: 'failed', finding: 'Ask first' });
  });

  it('that is refused is tried again under a new key, where its runbook says so', async () => {
    const keys: string[] = [];
    const house = flagOf(false, {
      async set(_target, { to, key }) {
        keys.push(key);
        if (keys.length === 1) return { kind: 'refused', message: 'Ask first' };
        house.value = to;
        return { kind: 'set', previous: false };
      },
    });
    const retried = step.replace(/}$/, ', retry: {attempts: 2, backoff: 30s}}');

    const { finished, elapsedMs } = await playWrite(retried, { flags: house });

    expect(finished).toMatchObject({ outcome: 'succeeded' });
    expect(keys).toEqual(['run-1/fail_over/1', 'run-1/fail_over/1/2']);
    expect(elapsedMs).toBeGreaterThanOrEqual(30_000);
  });
});

type House = Flags & { value: Json; asked: object[] };

function flagOf(value: Json, ways: Partial<Flags> = {}): House {
  const house: House = {
    value,
    asked: [],
    read: async () => house.value,
    async set(_target, { from, to, key }) {
      house.asked.push({ from, to, key });
      house.value = to;
      return { kind: 'set', previous: from };
    },
    ...ways,
  };
  return house;
}
