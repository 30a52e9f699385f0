import { Refusal } from '#practice/slack/refusal.ts';
import { openDirectMessage } from '#practice/slack/world/channels.ts';
import {
  deleteMessage,
  editMessage,
  findMessage,
  needMessage,
  postMessage,
} from '#practice/slack/world/messages.ts';
import { permalinkOf } from '#practice/slack/world/permalinks.ts';
import type { Channel, World } from '#practice/slack/world/world.ts';

import { type Call, type Method, writable } from './call.ts';
import { readContent } from './content.ts';
import { wireMessage } from './wire.ts';

const MOST_TEXT_OF_UPDATE = 4_000;

/** `chat.*`: the messages that the app writes itself. */
export const chatMethods: Readonly<Record<string, Method>> = {
  'chat.postMessage'(call, world) {
    const channel = writable(world, target(call, world));
    const content = readContent(world, argument(call));
    const threadTs = thread(call, channel);
    const message = postMessage(world, channel, {
      author: world.botUserId,
      ...content,
      threadTs,
      broadcast: call.flag('reply_broadcast'),
    });
    return { channel: channel.id, ts: message.ts, message: wireMessage(world, message) };
  },

  'chat.update'(call, world) {
    const channel = call.channel();
    const previous = needMessage(channel, call.need('ts'));
    if (previous.author !== world.botUserId || !previous.byApp) {
      throw new Refusal('cant_update_message');
    }
    if (channel.archived) throw new Refusal('is_archived');
    const content = readContent(world, argument(call), MOST_TEXT_OF_UPDATE);
    const message = editMessage(world, channel, previous, {
      ...content,
      // Left out, both stay as they were; an empty list takes the blocks away.
      blocks: call.json('blocks') === undefined ? previous.blocks : content.blocks,
      metadata: content.metadata ?? previous.metadata,
    });
    return {
      channel: channel.id,
      ts: message.ts,
      text: message.text,
      message: wireMessage(world, message),
    };
  },

  'chat.delete'(call, world) {
    const channel = call.channel();
    const message = needMessage(channel, call.need('ts'));
    if (!message.byApp) throw new Refusal('cant_delete_message');
    deleteMessage(world, channel, message);
    return { channel: channel.id, ts: message.ts };
  },

  'chat.postEphemeral'(call, world) {
    const channel = writable(world, call.channel());
    const user = call.need('user');
    if (!world.people.has(user)) throw new Refusal('user_not_found');
    if (!channel.members.has(user)) throw new Refusal('user_not_in_channel');
    const message = postMessage(world, channel, {
      author: world.botUserId,
      ...readContent(world, argument(call)),
      threadTs: thread(call, channel),
      onlyFor: user,
    });
    return { message_ts: message.ts };
  },

  'chat.getPermalink'(call, world) {
    const channel = call.channel();
    const message = needMessage(channel, call.need('message_ts'));
    return { channel: channel.id, permalink: permalinkOf(world, message.channel, message.ts) };
  },
};

function argument(call: Call): (name: string) => unknown {
  return (name) =>
    name === 'text' || name === 'markdown_text'
      ? call.text(name)
      : (call.json(name) ?? call.text(name));
}

/** A person's id stands for the direct conversation with that person. */
function target(call: Call, world: World): Channel {
  const person = world.people.get(call.text('channel') ?? '');
  return person === undefined ? call.channel() : openDirectMessage(world, person.id);
}

function thread(call: Call, channel: Channel): string | null {
  const ts = call.text('thread_ts');
  if (ts === undefined) return null;
  const parent = findMessage(channel, ts);
  if (parent === undefined) throw new Refusal('thread_not_found');
  return parent.threadTs ?? parent.ts;
}
