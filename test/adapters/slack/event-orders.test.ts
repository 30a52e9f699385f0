import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { systemTime } from '#adapters/slack/time.ts';
import type { JsonObject } from '#domain/json.ts';
import { event, pushpin } from '#test/adapters/slack/payloads.ts';
import { createApp } from '#test/adapters/slack/running-app.ts';
import { slackStandIn } from '#test/adapters/slack/slack-stand-in.ts';
import { playIncident } from '#test/app/incident/played-incident.ts';

/**
 * Slack delivers an event late, up to eleven times and in any order. For each that the manifest asks for:
 *
 * | event                                   | twice                | late or before what it is about          | when it is over                |
 * | --------------------------------------- | -------------------- | ---------------------------------------- | ------------------------------ |
 * | reaction_added, reaction_removed        | payload-key.test     | here: looked at again                    | here: after message_deleted    |
 * | message_changed, message_deleted        | payload-key.test     | here: the newest edit stays              | here: the note stays withdrawn |
 * | app_mention                             | intake.test          | its own time counts                      | there is no incident: refused  |
 * | member_joined_channel, _left_channel    | below                | below: no incident of ours               | below                          |
 * | user_change, subteam_*                  | intake.test          | only says that we must look              | below                          |
 * | app_home_opened                         | draws the same       | draws what is now                        | below                          |
 *
 * What becomes of channels (archived, renamed, deleted), pins and the app itself is not asked for: it is
 * seen at the next call. Where Slack sends it all the same, it is acknowledged and changes nothing.
 */

type Shown = {
  text: string;
  edited: number;
  users: readonly string[];
  gone: boolean;
};
type Step = { kind: 'mark' | 'unmark' | 'edit' | 'delete'; user: string };

const ts = pushpin.item.ts;
const people = ['U0ANA', 'U0BEN'];
/** Once it is connected, a twentieth of every wait. */
function quickTime() {
  let speed = 1;
  return {
    ...systemTime,
    after: (ms: number, run: () => void) => systemTime.after(ms / speed, run),
    hasten: () => {
      speed = 20;
    },
  };
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('mark', 'mark', 'unmark', 'edit', 'delete'),
  user: fc.constantFrom(...people),
});

/** What Slack shows after each step, and the events that it tells of them. */
function liveThrough(channel: string, steps: readonly Step[]) {
  const states: Shown[] = [{ text: 'as written', edited: 0, users: [], gone: false }];
  const events: JsonObject[] = [];
  for (const [index, { kind, user }] of steps.entries()) {
    const before = states.at(-1);
    if (before === undefined || before.gone) break;
    const at = `17640001${String(index).padStart(2, '0')}.000000`;
    const item = { type: 'message', channel, ts };
    const reaction = { user, reaction: 'pushpin', item, event_ts: at };
    const change = { type: 'message', channel, channel_type: 'channel', ts: at, event_ts: at };
    const has = before.users.includes(user);
    if (kind === 'mark' && !has) {
      states.push({ ...before, users: [...before.users, user] });
      events.push({ ...reaction, type: 'reaction_added' });
    }
    if (kind === 'unmark' && has) {
      states.push({ ...before, users: before.users.filter((one) => one !== user) });
      events.push({ ...reaction, type: 'reaction_removed' });
    }
    if (kind === 'edit') {
      const after = { ...before, edited: index + 1, text: `edit ${index + 1}` };
      states.push(after);
      const message = {
        type: 'message',
        ts,
        text: after.text,
        user: 'U0BEN',
        edited: editOf(after),
      };
      const previous = { type: 'message', ts, text: before.text, user: 'U0BEN' };
      events.push({ ...change, subtype: 'message_changed', message, previous_message: previous });
    }
    if (kind === 'delete') {
      states.push({ ...before, gone: true });
      events.push({ ...change, subtype: 'message_deleted', deleted_ts: ts });
    }
  }
  return { states, events };
}

function editOf({ edited }: Shown) {
  return { user: 'U0BEN', ts: `17640001${String(edited).padStart(2, '0')}.000000` };
}

function wire({ text, edited, users, gone }: Shown) {
  if (gone) return { ok: true, messages: [] };
  const reactions = users.length === 0 ? [] : [{ name: 'pushpin', users }];
  const said = { ts, text, user: 'U0BEN', reactions };
  const last = edited === 0 ? {} : { edited: editOf({ text, edited, users, gone }) };
  return { ok: true, messages: [{ ...said, ...last }] };
}

/** The notes of an incident after `given` was delivered; `shows` is what Slack answers when looked at. */
async function notesAfter(
  channel: string,
  world: Awaited<ReturnType<typeof playIncident>>,
  { given, shows }: { given: readonly JsonObject[]; shows: () => Shown },
): Promise<readonly string[]> {
  await using slack = await slackStandIn({
    'users.info': ({ user = '' }) => ({ ok: true, user: { id: user, name: user } }),
    'conversations.history': () => wire(shows()),
    'conversations.replies': () => ({ ok: true, messages: [] }),
  });
  const time = quickTime();
  const { app, done, log, stored } = createApp(slack, { useCases: world.useCases, time });
  await app.start();
  await slack.until(() => slack.sockets.length > 0);
  time.hasten();
  given.forEach((one, index) => slack.deliver('events_api', event(one, `Ev${index}`)));
  await expect.poll(() => slack.acks.length).toBe(given.length);
  await expect.poll(() => done.length).toBe(stored.size);
  await app.stop(1_000);

  expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  const { notes } = await world.incident();
  expect(Object.keys(notes).filter((message) => message !== ts)).toEqual([]);
  expect(channel).toBe(world.channel);
  return Object.values(notes).map(({ text }) => text);
}

describe('what is told of a message', () => {
  it('leaves the timeline as the message is now, in whatever order and however often it comes', async () => {
    const order = fc.infiniteStream(fc.nat(1_000));
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 7 }),
        order,
        async (steps, random) => {
          const world = await playIncident();
          const { states, events } = liveThrough(world.channel, steps);
          const now = states.at(-1);
          if (now === undefined) return;
          const twice = events.flatMap((one) =>
            (random.next().value ?? 0) % 3 === 0 ? [one, one] : [one],
          );
          const given = twice
            .map((one) => ({ one, key: random.next().value ?? 0 }))
            .toSorted((a, b) => a.key - b.key)
            .map(({ one }) => one);

          const notes = await notesAfter(world.channel, world, { given, shows: () => now });

          expect(notes).toEqual(now.users.length > 0 && !now.gone ? [now.text] : []);
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);

  it.each([
    ['is noted that Slack does not show as marked yet', ['mark'], ['as written']],
    ['goes that Slack still shows as marked', ['mark', 'unmark'], []],
  ] as const)('%s', async (_what, kinds, expected) => {
    const world = await playIncident();
    const steps = kinds.map((kind) => ({ kind, user: 'U0ANA' }));
    const { states, events } = liveThrough(world.channel, steps);
    const [now, before] = states.toReversed();
    if (now === undefined || before === undefined) throw new Error('nothing happened');
    const first = events.slice(0, -1);
    await notesAfter(world.channel, world, { given: first, shows: () => before });
    let looks = 0;
    const shows = () => ((looks += 1) <= 2 ? before : now);

    expect(await notesAfter(world.channel, world, { given: events.slice(-1), shows })).toEqual(
      expected,
    );
  });

  it('is followed when it is marked anew, edited or deleted while it is being noted', async () => {
    for (const kind of ['unmark', 'edit', 'delete'] as const) {
      const world = await playIncident();
      const steps = [{ kind: 'mark', user: 'U0ANA' } as const, { kind, user: 'U0ANA' }];
      const { states, events } = liveThrough(world.channel, steps);
      const [now, before] = states.toReversed();
      if (now === undefined || before === undefined) throw new Error('nothing happened');
      let looks = 0;
      const shows = () => ((looks += 1) === 1 ? before : now);

      const notes = await notesAfter(world.channel, world, { given: events.slice(0, 1), shows });
      expect(notes).toEqual(kind === 'edit' ? [now.text] : []);
    }
  });
});

const member = { user: 'U0BEN', channel: 'C9', team: 'T1', event_ts: '1764000001.000000' };
const unknown = { ok: false, error: 'user_not_found' };

it.each([
  { ...member, type: 'member_joined_channel' },
  { ...member, type: 'member_left_channel' },
  { ...member, type: 'member_joined_channel', user: 'U0BOT' },
  { ...member, type: 'member_left_channel', user: 'U0BOT' },
  { type: 'app_home_opened', user: 'U0BEN', channel: 'D1', tab: 'home', event_ts: '1' },
  { type: 'app_home_opened', user: 'U0BEN', channel: 'D1', tab: 'messages', event_ts: '1' },
  { type: 'user_change', user: { id: 'U0NEW', deleted: true }, event_ts: '1' },
  { type: 'subteam_updated', subteam: { id: 'S0NEW' }, event_ts: '1' },
  {
    type: 'reaction_added',
    user: 'U0BEN',
    reaction: 'pushpin',
    item: { type: 'file', file: 'F1' },
    event_ts: '1',
  },
  { type: 'channel_archive', channel: 'C9', user: 'U0BEN', event_ts: '1' },
  { type: 'channel_unarchive', channel: 'C9', user: 'U0BEN', event_ts: '1' },
  { type: 'channel_rename', channel: { id: 'C9', name: 'new', created: 1 }, event_ts: '1' },
  { type: 'channel_deleted', channel: 'C9', event_ts: '1' },
  { type: 'pin_removed', user: 'U0BEN', channel_id: 'C9', event_ts: '1' },
  { type: 'app_uninstalled', event_ts: '1' },
  { type: 'tokens_revoked', tokens: { bot: ['U0BOT'] }, event_ts: '1' },
])(
  'acknowledges $type of what it does not know (any more), late and twice, and fails at nothing',
  async (told) => {
    const world = await playIncident();
    await using slack = await slackStandIn({ 'users.info': () => unknown });
    const time = quickTime();
    const { app, log, done, stored } = createApp(slack, { useCases: world.useCases, time });
    await app.start();
    await slack.until(() => slack.sockets.length > 0);
    time.hasten();
    const before = await world.incident();

    slack.deliver('events_api', event(told, 'Ev1'));
    slack.deliver('events_api', event(told, 'Ev2'));
    await slack.until(() => slack.acks.length === 2);
    await expect.poll(() => done.length).toBe(stored.size);
    await app.stop(1_000);

    expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
    expect(await world.incident()).toEqual(before);
  },
);
