import { describe, expect, it } from 'vitest';

import { createTestbed, form, soon, type Testbed } from '#test/practice/slack/support/testbed.ts';

/** Collects the triggers of `/incident`, so that a test can spend them as it likes. */
async function withTriggers(bed: Testbed): Promise<() => Promise<string>> {
  const triggers: string[] = [];
  await bed.socketApp((app) => {
    app.command('/incident', async ({ ack, command }) => {
      triggers.push(command.trigger_id);
      await ack();
    });
    app.view(/.*/, async ({ ack }) => ack());
    app.view({ callback_id: 'f', type: 'view_closed' }, async ({ ack }) => {
      triggers.push('closed');
      await ack();
    });
  });
  return async () => {
    await bed.ben.type('ops', '/incident');
    return triggers.at(-1) ?? '';
  };
}

const view = form('f', { title: 'Title' });

describe('views', () => {
  it('open once with a trigger, and only within three seconds', async () => {
    let now = 1_000_000;
    await using bed = await createTestbed({ clock: { now: () => new Date(now) } });
    const trigger = await withTriggers(bed);

    const first = await trigger();
    expect(await bed.api('views.open', { trigger_id: first, view })).toMatchObject({ ok: true });
    expect(await bed.api('views.open', { trigger_id: first, view })).toMatchObject({
      error: 'exchanged_trigger_id',
    });
    const second = await trigger();
    now += 3_001;
    expect(await bed.api('views.open', { trigger_id: second, view })).toMatchObject({
      error: 'expired_trigger_id',
    });
  });

  it('get a new hash at each write, and refuse a write over a stale one', async () => {
    await using bed = await createTestbed();
    const trigger = await withTriggers(bed);
    const opened = await bed.api('views.open', { trigger_id: await trigger(), view });
    const { id, hash } = Object(opened['view']);

    const updated = await bed.api('views.update', { view_id: id, hash, view });

    expect(updated).toMatchObject({ ok: true, view: { id } });
    expect(Object(updated['view']).hash).not.toBe(hash);
    expect(await bed.api('views.update', { view_id: id, hash, view })).toMatchObject({
      error: 'hash_conflict',
    });
    expect(await bed.api('views.update', { view_id: 'V0', view })).toMatchObject({
      error: 'not_found',
    });
  });

  it('stack to three, and closing one shows the one below', async () => {
    await using bed = await createTestbed();
    const trigger = await withTriggers(bed);
    await bed.api('views.open', { trigger_id: await trigger(), view });
    await bed.api('views.push', { trigger_id: await trigger(), view });
    await bed.api('views.push', { trigger_id: await trigger(), view });

    expect(await bed.api('views.push', { trigger_id: await trigger(), view })).toMatchObject({
      error: 'push_limit_reached',
    });
    await bed.ben.closeModal();
    expect((await bed.ben.see()).modal?.depth).toBe(2);
    await bed.ben.closeModal({ all: true });
    expect((await bed.ben.see()).modal).toBeNull();
  });

  it('tell the app of their closing only when it asked for that', async () => {
    await using bed = await createTestbed();
    const trigger = await withTriggers(bed);
    await bed.api('views.open', { trigger_id: await trigger(), view });
    await bed.ben.closeModal();
    expect(bed.workspace.acks().some(({ name }) => name.startsWith('view_closed'))).toBe(false);

    const telling = { ...view, notify_on_close: true };
    await bed.api('views.open', { trigger_id: await trigger(), view: telling });
    await bed.ben.until((sight) => sight.modal, soon);
    await bed.ben.closeModal();
    expect(bed.workspace.acks().at(-1)).toMatchObject({
      name: 'view_closed f',
      ms: expect.any(Number),
    });
  });

  it.each([
    ['an input without a submit button', { ...view, submit: undefined }, /submit/],
    [
      'private metadata of 3,001',
      { ...view, private_metadata: 'x'.repeat(3001) },
      /private_metadata/,
    ],
    ['a title of 25', { ...view, title: { type: 'plain_text', text: 'x'.repeat(25) } }, /title/],
    [
      'a bad block',
      { ...view, blocks: [{ type: 'nope' }] },
      /unsupported type: nope.*view\/blocks/,
    ],
  ])('are refused for %s, and the trigger is not spent', async (_what, bad, message) => {
    await using bed = await createTestbed();
    const trigger = await withTriggers(bed);
    const id = await trigger();

    const refused = await bed.api('views.open', { trigger_id: id, view: bad });

    expect(refused).toMatchObject({ error: 'invalid_arguments' });
    expect(JSON.stringify(refused)).toMatch(message);
    expect(await bed.api('views.open', { trigger_id: id, view })).toMatchObject({ ok: true });
  });
});
