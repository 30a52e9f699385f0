import type { Block } from '#practice/slack/blocks/block.ts';
import { Refusal } from '#practice/slack/refusal.ts';

import type { Channel, Message, World } from './world.ts';

export type NewMessage = Pick<Message, 'author' | 'text'> &
  Partial<Omit<Message, 'ts' | 'channel'>>;

/** Adds a message to the end of a channel and tells everybody. */
export function postMessage(world: World, channel: Channel, fresh: NewMessage): Message {
  const message: Message = {
    byApp: fresh.author === world.botUserId,
    blocks: [],
    threadTs: null,
    broadcast: false,
    metadata: null,
    editedTs: null,
    reactions: [],
    files: [],
    onlyFor: null,
    subtype: null,
    ...fresh,
    ts: world.nextTs(),
    channel: channel.id,
  };
  channel.messages.push(message);
  world.feed.publish({ type: 'message-posted', channel, message });
  return message;
}

/** A message that everybody may see. Ephemeral ones are not found, as in Slack. */
export function findMessage(channel: Channel, ts: string): Message | undefined {
  return channel.messages.find((message) => message.ts === ts && message.onlyFor === null);
}

export function needMessage(channel: Channel, ts: string): Message {
  const message = findMessage(channel, ts);
  if (message === undefined) throw new Refusal('message_not_found');
  return message;
}

export function editMessage(
  world: World,
  channel: Channel,
  previous: Message,
  edit: { text: string; blocks: readonly Block[]; metadata?: Message['metadata'] },
  editedBy = previous.author,
): Message {
  const message = { ...previous, ...edit, editedTs: world.nextTs(), editedBy };
  replaceMessage(channel, message);
  world.feed.publish({ type: 'message-changed', channel, message, previous });
  return message;
}

export function deleteMessage(world: World, channel: Channel, previous: Message): void {
  channel.messages = channel.messages.filter((message) => message.ts !== previous.ts);
  channel.pins = channel.pins.filter((pin) => pin.ts !== previous.ts);
  world.feed.publish({ type: 'message-deleted', channel, previous });
}

/** Takes a message away that only one person sees; nobody else hears of it. */
export function dismissMessage(world: World, channel: Channel, ts: string, user: string): void {
  const found = channel.messages.find((message) => message.ts === ts && message.onlyFor === user);
  if (found === undefined) throw new Refusal('message_not_found');
  channel.messages = channel.messages.filter((message) => message !== found);
  world.feed.publish({ type: 'surface-changed', user });
}

export function addReaction(
  world: World,
  channel: Channel,
  ts: string,
  name: string,
  user: string,
): void {
  const found = needMessage(channel, ts);
  const others = found.reactions.find((reaction) => reaction.name === name);
  if (others?.users.includes(user) === true) throw new Refusal('already_reacted');
  const reactions =
    others === undefined
      ? [...found.reactions, { name, users: [user] }]
      : found.reactions.map((reaction) =>
          reaction === others ? { name, users: [...reaction.users, user] } : reaction,
        );
  const message = { ...found, reactions };
  replaceMessage(channel, message);
  world.feed.publish({ type: 'reaction-added', channel, message, name, user });
}

export function removeReaction(
  world: World,
  channel: Channel,
  ts: string,
  name: string,
  user: string,
): void {
  const found = needMessage(channel, ts);
  const mine = found.reactions.find((reaction) => reaction.name === name);
  if (mine === undefined || !mine.users.includes(user)) throw new Refusal('no_reaction');
  const users = mine.users.filter((other) => other !== user);
  const reactions = found.reactions
    .map((reaction) => (reaction === mine ? { name, users } : reaction))
    .filter((reaction) => reaction.users.length > 0);
  const message = { ...found, reactions };
  replaceMessage(channel, message);
  world.feed.publish({ type: 'reaction-removed', channel, message, name, user });
}

function replaceMessage(channel: Channel, message: Message): void {
  channel.messages = channel.messages.map((other) => (other.ts === message.ts ? message : other));
}
