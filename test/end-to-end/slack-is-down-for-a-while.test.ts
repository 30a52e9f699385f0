import { expect, it } from 'vitest';

import type { Sight } from '#practice/slack/person.ts';
import { eventually } from '#test/practice/shop/eventually.ts';
import {
  incidentChannel,
  message,
  recommended,
  sees,
  textOf,
} from '#test/support/at-the-screen.ts';
import { tokenOf } from '#test/support/token-of.ts';
import { openWorld } from '#test/support/world.ts';

const windows = { rate: '3s', hold: '1s', every: '200ms', giveUp: '60s', fastEnough: '20s' };
const often = { again: '5s', commanders: '10s' };
/** What could not be posted for so long is told in one message. */
const lateMs = 60_000;

// A minute must pass in which Slack is not there, on whatever machine this is.
it('goes on without Slack, and then tells in one message what happened meanwhile', async () => {
  await using world = await openWorld({ windows: { ...windows, escalation: often } });
  await world.startBot();
  const [ana, ben] = [await tokenOf(world.ana), await tokenOf(world.ben)];
  await world.breakProduction();
  await sees(world.ana, recommended(/^Roll back 1842 → 1841$/));
  const [id = ''] = await world.incidents();

  world.workspace.setDown(true);
  const downAt = Date.now();
  const chosen = world.terminal(ana, 'choose', id, 'rollback');
  expect(await chosen.ended()).toBe(0);
  const approved = world.terminal(ben, 'approve', id, '--yes');
  expect(await approved.ended()).toBe(0);
  await eventually(async () => (await world.rollbacks())[0]?.status === 'succeeded');
  await eventually(async () => Date.now() - downAt > lateMs + 10_000, { withinMs: 120_000 });
  expect(postedSince(await world.ana.see(), downAt)).toEqual([]);

  world.workspace.setDown(false);
  const told = textOf(await sees(world.ana, message(/while nothing could be posted here/)));
  expect(told).toMatch(/Healthy again.*: OK/);
  expect(told).toMatch(/Still waiting for an answer/);
  expect(told).toMatch(/Waited for now[^]*Any responder/);
  expect(told).toContain('<@U0ANA>');
  expect(told).toContain('Everything is on the timeline: `/incident timeline`');
  await sees(world.ana, recommended(/^Resolve$/));
  await eventually(async () => world.workspace.connections() === 2, { withinMs: 60_000 });
  const since = postedSince(await world.ana.see(), downAt);
  expect(since.filter((text) => !/while nothing|waiting for/.test(text))).toEqual([]);
  // Whoever was to approve is not asked for what is approved.
  const direct = (await world.ben.see()).channels.filter(({ kind }) => kind === 'im');
  expect(JSON.stringify(direct)).not.toContain('Approve rollback');
}, 300_000);

/** In the incident's channel and its threads. */
function postedSince(sight: Sight, at: number): string[] {
  const messages = incidentChannel(sight)?.messages ?? [];
  return messages.filter(({ ts }) => Number(ts) * 1_000 > at).map(textOf);
}
