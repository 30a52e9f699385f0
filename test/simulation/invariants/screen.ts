import { sha256 } from '#adapters/store/event-store.ts';
import { lanes } from '#app/execute.ts';
import type { LoadedEvent } from '#app/load.ts';
import { desiredMessages, type Desired } from '#app/read-models/desired.ts';
import { textOf } from '#domain/json.ts';
import { readEvent } from '#domain/stream/stored-event.ts';
import { fold } from '#domain/stream/stream.ts';
import type { ChatMessage } from '#ports/chat-messages.ts';
import { people } from '#test/simulation/world/directory.ts';
import { settings } from '#test/simulation/world/scenery.ts';
import type { World } from '#test/simulation/world/world.ts';

/** What stands in Slack is what the record says, each message once. */
export function screenIsRight(world: World): string[] {
  const { records } = world.database;
  return records.streams({ prefix: '', limit: 1_000 }).flatMap((stream) => {
    const desired = desiredOf(world, stream);
    const told = linesTold(world, stream, desired);
    return desired
      .filter((one) => one.happened === undefined || !told.has(one.happened.what))
      .flatMap((one) => wrongWith(world, stream, one));
  });
}

function wrongWith({ slack }: World, stream: string, { slot, message, once }: Desired): string[] {
  const key = keyOf(stream, slot);
  const standing = slack.messages.filter((one) => one.key === key);
  if (standing.length === 0) return [`${slot} of ${stream} is not on the screen`];
  if (standing.length > 1 && !slack.unseen.has(key)) {
    return [`${slot} of ${stream} stands ${standing.length} times`];
  }
  const wanted = lasting(message);
  const right = once || standing.some(({ versions }) => lasting(versions.at(-1)) === wanted);
  if (right) return [];
  const last = lasting(standing[0]?.versions.at(-1));
  return [`${slot} of ${stream} is out of date: ${firstDifference(last, wanted)}`];
}

/** What was told late stands in one message, which is named after one of those that it tells. */
function linesTold({ slack }: World, stream: string, desired: readonly Desired[]): Set<string> {
  const keys = new Set(desired.map(({ slot }) => keyOf(stream, `catch-up:${slot}`)));
  const standing = slack.messages.flatMap(({ key, versions }) =>
    keys.has(key) ? versions.slice(-1) : [],
  );
  return new Set(
    standing.flatMap((one) => (one.kind === 'catch-up' ? one.lines.map(({ text }) => text) : [])),
  );
}

function keyOf(stream: string, slot: string): string {
  return sha256(`${stream}/${slot}`).slice(0, 32);
}

/** Those who have a message that asks for their approval. */
function askedIn({ slack }: World, stream: string, position: number): readonly string[] {
  const keys = new Set(slack.messages.map(({ key }) => key));
  return people
    .map(({ id }) => id)
    .filter((id) => keys.has(keyOf(stream, `approval:${position}:${id}`)));
}

function firstDifference(stands: string, wanted: string): string {
  let at = 0;
  while (at < wanted.length && stands[at] === wanted[at]) at += 1;
  const from = Math.max(0, at - 30);
  return `${stands.slice(from, at + 60)} in place of ${wanted.slice(from, at + 60)}`;
}

function desiredOf(world: World, id: string): readonly Desired[] {
  const { records } = world.database;
  const events = records.load(id).flatMap((one): LoadedEvent[] => {
    const event = readEvent(one.event);
    return event === null ? [] : [{ ...one, event }];
  });
  const drawing = {
    stream: fold(
      id,
      events.map(({ event }) => event),
    ),
    events,
    settings,
    now: '2026-11-24T03:00:00.000Z',
    runbooks: () => [],
    newer: () => null,
    asked: (position: number) => askedIn(world, id, position),
    picture: () => null,
    members: (group: string) => membersOf(world, group),
    button: () => ({ control: '', label: '', style: null, confirm: null }),
  };
  const place = textOf(records.mark('place', id)) || null;
  return lanes.flatMap((lane) => desiredMessages(drawing, lane, place));
}

function membersOf({ directory, schedule }: World, group: string): readonly string[] {
  return people.map(({ id }) => id).filter((id) => directory.wasIn(id, group, schedule.now()));
}

/** A message without what depends on when it was drawn: how old its evidence is, and buttons' ids. */
function lasting(message: ChatMessage | undefined): string {
  return JSON.stringify(message, (name, value: unknown) =>
    name === 'stale' || name === 'control' || name === 'buttons' || name === 'steering'
      ? undefined
      : value,
  );
}
