import { describe, expect, it } from 'vitest';

import { createLiveUpdates } from '#adapters/slack/live-updates.ts';

import { createManualTime } from './manual-time.ts';

const message = { channel: 'C1', ts: '1.1' };

describe('updates of a living message', () => {
  it('shows progress at most every three seconds, and then only the latest', async () => {
    const { time, shown, updates } = arrange();

    void updates.update(message, 'a', false);
    await time.advance(100);
    void updates.update(message, 'b', false);
    const last = updates.update(message, 'c', false);
    await time.advance(2_899);
    expect(shown).toEqual(['a']);
    await time.advance(1);
    await last;

    expect(shown).toEqual(['a', 'c']);
  });

  it('shows the answer to a press at once, and the progress that waited never after it', async () => {
    const { time, shown, updates } = arrange();
    void updates.update(message, 'first', false);
    await time.advance(1);

    const overtaken = updates.update(message, 'progress', false);
    const pressed = updates.update(message, 'pressed', true);
    await Promise.all([overtaken, pressed]);
    await time.advance(60_000);

    expect(shown).toEqual(['first', 'pressed']);
  });

  it('lets a later progress take the place of an urgent one that still waits, without more delay', async () => {
    const gate = Promise.withResolvers<void>();
    const { shown, updates } = arrange(gate.promise);
    void updates.update(message, 'on its way', false);
    void updates.update(message, 'urgent', true);
    const latest = updates.update(message, 'newer', false);

    gate.resolve();
    await latest;

    expect(shown).toEqual(['on its way', 'newer']);
  });

  it('never has two updates of one message on their way', async () => {
    const gate = Promise.withResolvers<void>();
    const { shown, updates } = arrange(gate.promise);

    const old = updates.update(message, 'old', true);
    const next = updates.update(message, 'new', true);
    await Promise.resolve();
    expect(shown).toEqual(['old']);
    gate.resolve();
    await Promise.all([old, next]);

    expect(shown).toEqual(['old', 'new']);
  });

  it('keeps messages apart', async () => {
    const { shown, updates } = arrange();

    await Promise.all([
      updates.update(message, 'one', false),
      updates.update({ ...message, ts: '2.2' }, 'two', false),
    ]);

    expect(shown).toEqual(['one', 'two']);
  });

  it('tells the caller that an update failed, and goes on with the next', async () => {
    const time = createManualTime();
    const shown: string[] = [];
    const updates = createLiveUpdates<string>(async (_message, content) => {
      if (content === 'bad') throw new Error('message_not_found');
      shown.push(content);
    }, time);

    await expect(updates.update(message, 'bad', true)).rejects.toThrow('message_not_found');
    await updates.update(message, 'good', false);

    expect(shown).toEqual(['good']);
  });
});

function arrange(gate: Promise<void> = Promise.resolve()) {
  const time = createManualTime();
  const shown: string[] = [];
  const updates = createLiveUpdates<string>(async (_message, content) => {
    shown.push(content);
    await gate;
  }, time);
  return { time, shown, updates };
}
