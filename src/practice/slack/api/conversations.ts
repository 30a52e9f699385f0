import { Refusal } from '#practice/slack/refusal.ts';
import {
  checkChannelName,
  createChannel,
  joinChannel,
  leaveChannel,
  openDirectMessage,
} from '#practice/slack/world/channels.ts';
import { postMessage } from '#practice/slack/world/messages.ts';
import type { Channel, World } from '#practice/slack/world/world.ts';

import { type Method, page, writable } from './call.ts';
import { wireChannel } from './wire.ts';

const MOST_INVITED = 100;
const MOST_TOPIC = 250;
const MOST_PURPOSE = 250;

/** `conversations.*` that make or change a channel, or list channels and members. */
export const conversationMethods: Readonly<Record<string, Method>> = {
  'conversations.create'(call, world) {
    const channel = createChannel(world, {
      name: call.need('name'),
      private: call.flag('is_private'),
      creator: world.botUserId,
    });
    return { channel: wireChannel(world, channel) };
  },

  'conversations.archive'(call, world) {
    const channel = named(call.channel());
    if (channel.archived) throw new Refusal('already_archived');
    writable(world, channel);
    channel.archived = true;
    announce(world, channel, 'channel_archive', 'archived the channel');
    return {};
  },

  'conversations.rename'(call, world) {
    const channel = writable(world, named(call.channel()));
    const name = call.need('name');
    if (name !== channel.name) checkChannelName(world, name);
    channel.name = name;
    announce(world, channel, 'channel_name', `renamed the channel to ${name}`);
    return { channel: wireChannel(world, channel) };
  },

  'conversations.setTopic'(call, world) {
    const channel = writable(world, named(call.channel()));
    const topic = call.text('topic') ?? '';
    if (topic.length > MOST_TOPIC) throw new Refusal('too_long');
    if (topic !== channel.topic) {
      channel.topic = topic;
      announce(world, channel, 'channel_topic', `set the channel topic: ${topic}`);
    }
    return { channel: wireChannel(world, channel) };
  },

  'conversations.setPurpose'(call, world) {
    const channel = writable(world, named(call.channel()));
    const purpose = call.text('purpose') ?? '';
    if (purpose.length > MOST_PURPOSE) throw new Refusal('too_long');
    channel.purpose = purpose;
    world.feed.publish({ type: 'channel-changed', channel });
    return { channel: wireChannel(world, channel) };
  },

  'conversations.invite'(call, world) {
    const channel = writable(world, named(call.channel()));
    const users = call.list('users');
    if (users.length === 0) throw new Refusal('no_user');
    if (users.length > MOST_INVITED) throw new Refusal('too_many_users');
    const faults = users.flatMap((user) => {
      const error = inviteFault(world, channel, user);
      return error === null ? [] : [{ user, ok: false, error }];
    });
    const passed = users.filter((user) => !faults.some((fault) => fault.user === user));
    // One fault stops them all, unless the caller asks for as many as can be had.
    if (faults[0] !== undefined && !(call.flag('force') && passed.length > 0)) {
      throw new Refusal(faults[0].error, { errors: faults });
    }
    for (const user of passed) joinChannel(world, channel, user, world.botUserId);
    return {
      channel: wireChannel(world, channel),
      ...(faults.length === 0 ? {} : { errors: faults }),
    };
  },

  'conversations.join'(call, world) {
    const channel = named(call.channel());
    if (channel.kind !== 'public') throw new Refusal('method_not_supported_for_channel_type');
    if (channel.archived) throw new Refusal('is_archived');
    const already = channel.members.has(world.botUserId);
    if (!already) joinChannel(world, channel, world.botUserId, null);
    return {
      channel: wireChannel(world, channel),
      ...(already ? { warning: 'already_in_channel' } : {}),
    };
  },

  'conversations.kick'(call, world) {
    const channel = writable(world, named(call.channel()));
    const user = call.need('user');
    if (user === world.botUserId) throw new Refusal('cant_kick_self');
    if (!world.people.has(user)) throw new Refusal('user_not_found');
    if (!channel.members.has(user)) throw new Refusal('not_in_channel');
    leaveChannel(world, channel, user);
    return {};
  },

  'conversations.open'(call, world) {
    const id = call.text('channel');
    if (id !== undefined) return { channel: wireChannel(world, call.channel()) };
    const [user, ...others] = call.list('users');
    if (user === undefined) throw new Refusal('users_list_not_supplied');
    if (others.length > 0) throw new Refusal('not_enabled');
    const person = world.people.get(user);
    if (person === undefined) throw new Refusal('user_not_found');
    if (person.kind === 'deactivated') throw new Refusal('user_disabled');
    return { channel: wireChannel(world, openDirectMessage(world, user)) };
  },

  'conversations.info': (call, world) => ({ channel: wireChannel(world, call.channel()) }),

  'conversations.list'(call, world) {
    const types = call.list('types');
    const wanted = types.length === 0 ? ['public_channel'] : types;
    const kinds = { public: 'public_channel', private: 'private_channel', im: 'im' } as const;
    const channels = [...world.channels.values()].filter(
      (channel) =>
        wanted.includes(kinds[channel.kind]) &&
        (channel.kind === 'public' || channel.members.has(world.botUserId)) &&
        !(call.flag('exclude_archived') && channel.archived),
    );
    const { items, metadata } = page(call, channels, 100);
    return {
      channels: items.map((channel) => wireChannel(world, channel)),
      response_metadata: metadata,
    };
  },

  'conversations.members'(call) {
    const { items, metadata } = page(call, [...call.channel().members], 100);
    return { members: items, response_metadata: metadata };
  },
};

function named(channel: Channel): Channel {
  if (channel.kind === 'im') throw new Refusal('method_not_supported_for_channel_type');
  return channel;
}

function inviteFault(world: World, channel: Channel, user: string): string | null {
  const person = world.people.get(user);
  if (person === undefined) return 'user_not_found';
  if (user === world.botUserId) return 'cant_invite_self';
  if (person.kind === 'deactivated') return 'cant_invite';
  return channel.members.has(user) ? 'already_in_channel' : null;
}

function announce(
  world: World,
  channel: Channel,
  subtype: 'channel_archive' | 'channel_name' | 'channel_topic',
  text: string,
): void {
  postMessage(world, channel, {
    author: world.botUserId,
    text: `<@${world.botUserId}> ${text}`,
    subtype,
  });
  world.feed.publish({ type: 'channel-changed', channel });
}
