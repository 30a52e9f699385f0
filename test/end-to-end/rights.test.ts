import { sql } from 'kysely';
import { expect, it } from 'vitest';

import { ana, ben, cleo } from '#practice/people.ts';
import type { Person } from '#practice/slack/person.ts';
import { eventually } from '#test/practice/shop/eventually.ts';
import {
  button,
  buttonForMe,
  presses,
  recommended,
  sees,
  textOf,
  whisper,
} from '#test/support/at-the-screen.ts';
import { tokenOf } from '#test/support/token-of.ts';
import { openWorld, type World } from '#test/support/world.ts';

/** Five seconds are promised; the rest is for a busy machine, on which a look alone may take seconds. */
const revokedWithinMs = 15_000;

it('takes a right away from whoever was taken out of the user group', async () => {
  await using world = await openWorld();
  await world.startBot();
  await askForRollback(world);
  const approve = await sees(world.ben, buttonForMe(/^Approve rollback$/));
  await eventually(async () => /You may break the glass in/.test(await breakGlass(world.ben)), {
    withinMs: 30_000,
  });

  world.workspace.setMembers('S0ONCALL', [ana]);
  const takenAt = performance.now();
  await eventually(async () => /Only members of .*on-?call/.test(await breakGlass(world.ben)), {
    withinMs: revokedWithinMs,
  });
  process.stderr.write(`a right was gone after ${Math.round(performance.now() - takenAt)} ms\n`);

  expect(await world.ben.press(approve)).toMatchObject({ ok: true });
  await sees(world.ben, whisper(/Only a member of payments-oncall .* may approve this\./));
  expect(await world.rollbacks()).toEqual([]);
});

it('takes it away also while Slack’s limits allow no question', async () => {
  await using world = await openWorld();
  await world.startBot();
  await askForRollback(world);
  const approve = await sees(world.ben, buttonForMe(/^Approve rollback$/));
  await hearsOf(world, () => world.workspace.setMembers('S0ONCALL', [ana, ben, cleo]));
  await eventually(async () => /You may break the glass in/.test(await breakGlass(world.ben)), {
    withinMs: 30_000,
  });

  await spendQuestions(world);
  await hearsOf(world, () => world.workspace.setMembers('S0ONCALL', [ana]));
  expect(await world.ben.press(approve)).toMatchObject({ ok: true });

  await sees(
    world.ben,
    whisper(/Who is in payments-oncall could not be asked just now; try again/),
  );
  expect(await world.rollbacks()).toEqual([]);
});

it('lets somebody whose account was switched off do nothing more', async () => {
  await using world = await openWorld();
  await world.startBot();
  const token = await tokenOf(world.ben);
  await askForRollback(world);
  const [id = ''] = await world.incidents();

  await hearsOf(world, () => world.workspace.deactivate(ben));
  const own = world.terminal(token, 'approve', id, '--yes');

  expect(await own.ended()).toBe(3);
  expect(own.output()).toContain('This token is not known: it was revoked or replaced.');
  expect(await world.rollbacks()).toEqual([]);
});

it('knows who asked in Slack when they approve at a terminal', async () => {
  await using world = await openWorld();
  await world.startBot();
  const token = await tokenOf(world.ana);
  await askForRollback(world);
  const [id = ''] = await world.incidents();

  const own = world.terminal(token, 'approve', id, '--yes');

  expect(await own.ended()).toBe(1);
  expect(own.output()).toContain('You asked for this, so somebody else must approve it');
  expect(await world.rollbacks()).toEqual([]);
});

/** Slack's event of it has come in and is noted. */
async function hearsOf(world: World, change: () => void): Promise<void> {
  const noted = async () =>
    JSON.stringify([
      await world.store.mark('changed usergroup', 'S0ONCALL'),
      await world.store.mark('changed person', ben),
    ]);
  const before = await noted();
  change();
  await eventually(async () => (await noted()) !== before, { withinMs: 30_000 });
}

/** As many questions about user groups as Slack allows have been asked, and for a minute there is no other. */
async function spendQuestions(world: World): Promise<void> {
  await sql`
    insert into call_budgets (key, taken) values ('usergroups.users.list', '{}')
    on conflict (key) do nothing
  `.execute(world.db);
  await sql`
    update call_budgets set taken = array_fill(now()::timestamptz, array[40])
     where key = 'usergroups.users.list'
  `.execute(world.db);
}

/** Ana has asked to roll the bad build back; nobody has answered yet. */
async function askForRollback(world: World): Promise<void> {
  await world.breakProduction();
  await presses(world.ana, recommended(/^Roll back 1842 → 1841$/));
  await sees(world.ana, button(/^Approve rollback$/));
}

/** What is said to somebody who may not break the glass: too early for who is on call, and never for others. */
async function breakGlass(person: Person): Promise<string> {
  const before = (await whispersTo(person)).length;
  await presses(person, buttonForMe(/^Break the glass$/));
  return eventually(async () => (await whispersTo(person))[before], { withinMs: 30_000 });
}

async function whispersTo(person: Person): Promise<string[]> {
  const { channels } = await person.see();
  return channels
    .filter(({ kind }) => kind === 'im')
    .flatMap(({ messages }) => messages.filter(({ onlyYou }) => onlyYou).map(textOf));
}
