import { expect, it } from 'vitest';

import { eventually } from '#test/practice/shop/eventually.ts';
import {
  button,
  buttonForMe,
  incidentChannel,
  message,
  presses,
  recommended,
  sees,
  textOf,
} from '#test/support/at-the-screen.ts';
import { openWorld } from '#test/support/world.ts';

/** On a busy machine. */
const slow = { withinMs: 40_000 };

it('goes on when a message is deleted, connections drop, and a form is sent after the run has moved on', async () => {
  await using world = await openWorld();
  await world.startBot();
  await world.breakProduction();
  const offer = await sees(world.ana, recommended(/^Roll back 1842/));
  const deleted = { channel: offer.channel ?? '', ts: offer.ts ?? '' };

  world.workspace.removeMessage(deleted);
  const again = await sees(world.ana, (sight) => {
    const found = recommended(/^Roll back 1842/)(sight);
    return found && found.ts !== deleted.ts && found;
  });
  expect(again.channel).toBe(deleted.channel);

  world.workspace.cutSocket();
  await presses(world.ana, button(/^Stop$/));
  await sees(world.ana, ({ modal }) => modal);
  await presses(world.ben, button(/^Stop$/));
  await sees(world.ben, ({ modal }) => modal);
  expect(await world.ben.submit({ Reason: 'It was a false alarm' })).toMatchObject({ ok: true });
  await sees(world.ana, message(/Stopped/));

  const late = await world.ana.submit({ Reason: 'It was a false alarm' });
  await eventually(async () => world.workspace.connections() === 2);
  expect(JSON.stringify(late)).toMatch(/over|ended|stopped|not running/i);
  expect(await world.rollbacks()).toEqual([]);
  expect(incidentChannel(await world.ana.see())?.topic).toContain('open');
});

it('tells who leads that it was taken out of a private channel, and is up to date once it is let in', async () => {
  await using world = await openWorld();
  await world.startBot();
  const { ana, workspace } = world;
  await ana.type('#checkout', '/incident declare Keys leaked');
  await sees(ana, ({ modal }) => modal);
  expect(await ana.submit({ Severity: 'SEV3', Private: ['Yes'] })).toMatchObject({ ok: true });
  const { id, name } = await sees(ana, incidentChannel);
  const pinned = await sees(ana, (sight) => incidentChannel(sight)?.pins[0]);
  const bot = (await ana.see()).app.id;

  workspace.takeOut(id, bot);
  await ana.type(name, '/incident severity SEV2');
  await sees(ana, message(/Nothing can be posted in #inc-\S+: the bot is not in it/));
  workspace.letIn(id, bot);

  await sees(ana, message(/^Severity: SEV3 → SEV2/));
  await sees(ana, ({ channels }) => {
    const card = channels.find((one) => one.id === id)?.messages.find(({ ts }) => ts === pinned);
    const text = card ? textOf(card) : '';
    return text.includes('SEV2') && !text.includes('Nothing can be posted');
  });
});

it('puts right what somebody has written over a message of ours', async () => {
  await using world = await openWorld();
  await world.startBot();
  await world.breakProduction();
  const offer = await sees(world.ana, recommended(/^Roll back 1842/));
  const place = { channel: offer.channel ?? '', ts: offer.ts ?? '' };

  world.workspace.overwriteMessage(place, 'U0CLEO', 'All is well, go home');

  const again = await sees(world.ana, recommended(/^Roll back 1842/));
  expect(again.ts).toBe(place.ts);
  expect(message(/go home/)(await world.ana.see())).toBeUndefined();
});

it('does not wait for an approver whose account is switched off', async () => {
  await using world = await openWorld();
  await world.startBot();
  await world.breakProduction();
  const rollback = await sees(world.ana, recommended(/^Roll back 1842/));
  // Of a user group they are no member any more; the settings name people for longer.
  world.workspace.deactivate('U0CLEO');

  await presses(world.ana, () => rollback);

  await sees(
    world.ana,
    message(/@cleo could not be asked to approve: their account is switched off/),
  );
  await presses(world.ben, buttonForMe(/^Approve rollback$/));
  await eventually(async () => (await world.rollbacks())[0]?.status === 'succeeded');
  expect(await world.rollbacks()).toHaveLength(1);
});

it('goes on when who leads, and has a form open, leaves the workspace in the middle', async () => {
  await using world = await openWorld();
  await world.startBot();
  await world.breakProduction();
  await presses(world.cleo, button(/^Take command$/));
  await presses(world.cleo, recommended(/^Roll back 1842 → 1841$/));
  await sees(world.ben, buttonForMe(/^Approve rollback$/));
  await presses(world.cleo, button(/^Stop$/));
  await sees(world.cleo, ({ modal }) => modal);

  world.workspace.deactivate('U0CLEO');

  await sees(
    world.ana,
    message(/cleo is no longer commander: their account is switched off\. Who takes it\?/),
  );
  await sees(world.ana, message(/Commander: _nobody yet_/));
  await world.cleo.submit({ Reason: 'I am not here any more' }).catch(() => null);
  await presses(world.ben, buttonForMe(/^Approve rollback$/));
  await eventually(async () => (await world.rollbacks())[0]?.status === 'succeeded');
  await presses(world.ana, button(/^Take command$/));
  await presses(world.ana, recommended(/^Resolve$/));
  await sees(world.ana, (sight) => incidentChannel(sight)?.topic.includes('resolved'));
  expect(await world.rollbacks()).toHaveLength(1);
});

it('hears each command once while Slack renews one of two connections', async () => {
  await using world = await openWorld();
  await world.startBot();
  await world.breakProduction();
  const { name } = await sees(world.ana, incidentChannel);
  await sees(world.ana, recommended(/^Roll back 1842/));

  for (const reason of ['warning', 'refresh_requested'] as const) {
    const notes = Array.from({ length: 8 }, (_, at) => `${reason} number ${at}`);
    const typed = notes.map((note) => world.ana.type(name, `/incident note ${note}`));
    world.workspace.disconnectSockets(reason, 1);
    const results = await Promise.all(typed);
    // What came to a connection that was closing is refused to whoever typed it, and typed again.
    const lost = notes.filter((_note, at) => results[at]?.ok !== true);
    for (const note of lost) {
      expect(await world.ana.type(name, `/incident note ${note}`)).toMatchObject({ ok: true });
    }
    await eventually(async () => world.workspace.connections() === 2, slow);
  }

  const [id = ''] = await world.incidents();
  const notesOf = async () => {
    const { record } = await world.record(id);
    return record.entries.filter(({ kind }) => kind === 'note').map(({ text }) => text);
  };
  await eventually(async () => (await notesOf()).length >= 16, slow);
  expect(new Set(await notesOf()).size).toBe(16);
  expect(await notesOf()).toHaveLength(16);
});

it('goes on where it was when the bot is started anew amid an approval and amid a watch', async () => {
  const windows = { rate: '3s', hold: '8s', every: '200ms', giveUp: '60s', fastEnough: '20s' };
  await using world = await openWorld({ windows });
  const first = await world.startBot();
  await world.breakProduction();
  await presses(world.ana, recommended(/^Roll back 1842 → 1841$/));
  const approve = await sees(world.ben, buttonForMe(/^Approve rollback$/));
  await first.close();

  expect(await world.ben.press(approve)).toMatchObject({ ok: false });
  const second = await world.startBot();
  await eventually(async () => world.workspace.connections() === 2);
  await presses(world.ben, () => approve);
  await sees(world.ana, message(/held \d+ s of 8 s/));
  await second.close();
  await world.startBot();

  await sees(world.ana, recommended(/^Resolve$/));
  expect(await world.rollbacks()).toMatchObject([{ status: 'succeeded' }]);
});
