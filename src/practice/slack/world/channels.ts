import { Refusal } from '#practice/slack/refusal.ts';

import { postMessage } from './messages.ts';
import { type Channel, emptyChannel, type World } from './world.ts';

/** Slack's naming rules, each with its own error. */
export function checkChannelName(world: World, name: string): void {
  if (name === '') throw new Refusal('invalid_name_required');
  if (name.length > 80) throw new Refusal('invalid_name_maxlength');
  if (!/[\p{L}\p{N}]/u.test(name)) throw new Refusal('invalid_name_punctuation');
  if (/[A-Z\s.]/.test(name)) throw new Refusal('invalid_name_specials');
  if (!/^[a-z0-9_-]+$/.test(name)) throw new Refusal('invalid_name_specials');
  if ([...world.channels.values()].some((channel) => channel.name === name)) {
    throw new Refusal('name_taken');
  }
}

export function createChannel(
  world: World,
  request: { name: string; private: boolean; creator: string },
): Channel {
  checkChannelName(world, request.name);
  const channel = emptyChannel(world, {
    kind: request.private ? 'private' : 'public',
    name: request.name,
    creator: request.creator,
  });
  channel.members.add(request.creator);
  world.channels.set(channel.id, channel);
  world.feed.publish({ type: 'channel-changed', channel });
  return channel;
}

/** The one direct conversation between the app and a person, made at the first call. */
export function openDirectMessage(world: World, user: string): Channel {
  for (const channel of world.channels.values()) {
    if (channel.kind === 'im' && channel.members.has(user)) return channel;
  }
  const channel = emptyChannel(world, { kind: 'im', name: user, creator: world.botUserId });
  channel.members.add(user).add(world.botUserId);
  world.channels.set(channel.id, channel);
  world.feed.publish({ type: 'channel-changed', channel });
  return channel;
}

export function joinChannel(
  world: World,
  channel: Channel,
  user: string,
  inviter: string | null,
): void {
  channel.members.add(user);
  postMessage(world, channel, {
    author: user,
    text: `<@${user}> has joined the channel`,
    subtype: 'channel_join',
    byApp: false,
  });
  world.feed.publish({ type: 'member-joined', channel, user, inviter });
}

export function leaveChannel(world: World, channel: Channel, user: string): void {
  channel.members.delete(user);
  world.feed.publish({ type: 'member-left', channel, user });
}

/** By id, or by name with or without its `#`; only as far as the viewer may know that it exists. */
export function findChannel(world: World, reference: string, viewer: string): Channel | undefined {
  const name = reference.replace(/^#/, '');
  const channel =
    world.channels.get(reference) ??
    [...world.channels.values()].find((other) => other.kind !== 'im' && other.name === name);
  if (channel === undefined) return undefined;
  return channel.kind === 'public' || channel.members.has(viewer) ? channel : undefined;
}
