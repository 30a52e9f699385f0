import { Refusal } from '#practice/slack/refusal.ts';
import { findMessage } from '#practice/slack/world/messages.ts';
import type { Channel, Message, World } from '#practice/slack/world/world.ts';

import { type Call, type Method, page } from './call.ts';
import { wireMessage } from './wire.ts';

/** Reading back what was said: newest first in a channel, oldest first in a thread, as in Slack. */
export const historyMethods: Readonly<Record<string, Method>> = {
  'conversations.history'(call, world) {
    const channel = readable(world, call.channel());
    const messages = channel.messages
      .filter(
        (message) => message.onlyFor === null && (message.threadTs === null || message.broadcast),
      )
      .filter(within(call))
      .toReversed();
    return answer(call, world, messages);
  },

  'conversations.replies'(call, world) {
    const channel = readable(world, call.channel());
    const asked = findMessage(channel, call.need('ts'));
    if (asked === undefined) throw new Refusal('thread_not_found');
    const parent = asked.threadTs ?? asked.ts;
    const isWithin = within(call);
    const messages = channel.messages.filter(
      (message) =>
        message.onlyFor === null &&
        (message.ts === parent || (message.threadTs === parent && isWithin(message))),
    );
    return answer(call, world, messages);
  },
};

function readable(world: World, channel: Channel): Channel {
  if (!channel.members.has(world.botUserId)) throw new Refusal('not_in_channel');
  return channel;
}

function within(call: Call): (message: Message) => boolean {
  const oldest = Number(call.text('oldest') ?? 0);
  const latest = Number(call.text('latest') ?? Infinity);
  const inclusive = call.flag('inclusive');
  return ({ ts }) => {
    const at = Number(ts);
    return inclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  };
}

function answer(call: Call, world: World, messages: readonly Message[]): Record<string, unknown> {
  const { items, more, metadata } = page(call, messages, 100);
  const withMetadata = call.flag('include_all_metadata');
  return {
    messages: items.map((message) => wireMessage(world, message, withMetadata)),
    has_more: more,
    ...(more ? { response_metadata: metadata } : {}),
  };
}
