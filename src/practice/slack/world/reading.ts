import type { Channel, Message, World } from './world.ts';

export type Unread = {
  /** Messages that this person has not seen; replies in threads make no channel bold. */
  count: number;
  /** Those of them that are meant for this person: direct messages and mentions. */
  forThem: number;
};

export function readUpTo(world: World, channel: Channel, user: string): string {
  return world.readUpTo.get(`${user} ${channel.id}`) ?? '0';
}

/** Marks everything up to `ts` as read; a mark never goes back. */
export function markRead(world: World, channel: Channel, user: string, ts: string): void {
  if (Number(ts) <= Number(readUpTo(world, channel, user))) return;
  world.readUpTo.set(`${user} ${channel.id}`, ts);
  world.feed.publish({ type: 'surface-changed', user });
}

export function unreadOf(world: World, channel: Channel, user: string): Unread {
  const read = Number(readUpTo(world, channel, user));
  const fresh = channel.messages.filter(
    (message) =>
      Number(message.ts) > read &&
      message.author !== user &&
      message.subtype === null &&
      message.threadTs === null &&
      (message.onlyFor === null || message.onlyFor === user),
  );
  const forThem = fresh.filter((message) => channel.kind === 'im' || isFor(world, message, user));
  return { count: fresh.length, forThem: forThem.length };
}

function isFor(world: World, message: Message, user: string): boolean {
  const groups = world.usergroups.filter(({ members }) => members.includes(user));
  const marks = [`<@${user}>`, '<!here>', '<!channel>', '<!everyone>'].concat(
    groups.map(({ id }) => `<!subteam^${id}`),
  );
  return message.onlyFor === user || marks.some((mark) => saidIn(message).includes(mark));
}

/** All that is written in each message; a change makes a new message. */
const said = new WeakMap<Message, string>();

function saidIn(message: Message): string {
  const known = said.get(message);
  if (known !== undefined) return known;
  const text = `${message.text} ${JSON.stringify(message.blocks)}`;
  said.set(message, text);
  return text;
}
