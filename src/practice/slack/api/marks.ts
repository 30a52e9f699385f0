import { Refusal } from '#practice/slack/refusal.ts';
import { newId } from '#practice/slack/world/ids.ts';
import { addReaction, needMessage, removeReaction } from '#practice/slack/world/messages.ts';
import { pinMessage, unpinMessage } from '#practice/slack/world/pins.ts';
import { unixSeconds, type Bookmark, type Channel } from '#practice/slack/world/world.ts';

import { type Method, writable } from './call.ts';
import { wireMessage } from './wire.ts';

/** What is put on a message or a channel: reactions, pins and bookmarks. */
export const markMethods: Readonly<Record<string, Method>> = {
  'reactions.add'(call, world) {
    const channel = writable(world, call.channel());
    addReaction(
      world,
      channel,
      call.need('timestamp'),
      reactionName(call.need('name')),
      world.botUserId,
    );
    return {};
  },

  'reactions.remove'(call, world) {
    const channel = call.channel();
    removeReaction(
      world,
      channel,
      call.need('timestamp'),
      reactionName(call.need('name')),
      world.botUserId,
    );
    return {};
  },

  'reactions.get'(call, world) {
    const channel = call.channel();
    const message = needMessage(channel, call.need('timestamp'));
    return { type: 'message', channel: channel.id, message: wireMessage(world, message) };
  },

  'pins.add'(call, world) {
    const channel = writable(world, call.channel());
    pinMessage(world, channel, call.need('timestamp'), world.botUserId);
    return {};
  },

  'pins.remove'(call, world) {
    unpinMessage(world, writable(world, call.channel()), call.need('timestamp'));
    return {};
  },

  'pins.list'(call, world) {
    const channel = call.channel();
    return {
      items: channel.pins.map((pin) => ({
        type: 'message',
        channel: channel.id,
        created_by: pin.by,
        message: wireMessage(world, needMessage(channel, pin.ts)),
      })),
    };
  },

  'bookmarks.add'(call, world) {
    const channel = writable(world, call.channel('channel_id'));
    if (call.need('type') !== 'link') throw new Refusal('invalid_bookmark_type');
    const link = call.text('link') ?? '';
    if (!/^https?:\/\//.test(link)) throw new Refusal('invalid_link');
    const bookmark = {
      id: newId('Bk'),
      title: call.need('title'),
      link,
      emoji: call.text('emoji') ?? '',
      created: unixSeconds(world),
    };
    channel.bookmarks.push(bookmark);
    world.feed.publish({ type: 'channel-changed', channel });
    return { bookmark: wireBookmark(channel, bookmark) };
  },

  'bookmarks.edit'(call, world) {
    const channel = writable(world, call.channel('channel_id'));
    const bookmark = findBookmark(channel, call.need('bookmark_id'));
    bookmark.title = call.text('title') ?? bookmark.title;
    bookmark.link = call.text('link') ?? bookmark.link;
    bookmark.emoji = call.text('emoji') ?? bookmark.emoji;
    world.feed.publish({ type: 'channel-changed', channel });
    return { bookmark: wireBookmark(channel, bookmark) };
  },

  'bookmarks.list'(call) {
    const channel = call.channel('channel_id');
    return { bookmarks: channel.bookmarks.map((bookmark) => wireBookmark(channel, bookmark)) };
  },

  'bookmarks.remove'(call, world) {
    const channel = writable(world, call.channel('channel_id'));
    const bookmark = findBookmark(channel, call.need('bookmark_id'));
    channel.bookmarks = channel.bookmarks.filter((other) => other !== bookmark);
    world.feed.publish({ type: 'channel-changed', channel });
    return {};
  },
};

export function reactionName(given: string): string {
  const name = given.replaceAll(':', '');
  if (!/^[a-z0-9_+'-]+$/.test(name)) throw new Refusal('invalid_name');
  return name;
}

function findBookmark(channel: Channel, id: string): Bookmark {
  const bookmark = channel.bookmarks.find((other) => other.id === id);
  if (bookmark === undefined) throw new Refusal('not_found');
  return bookmark;
}

function wireBookmark(channel: Channel, bookmark: Bookmark): Record<string, unknown> {
  return { ...bookmark, channel_id: channel.id, type: 'link', date_created: bookmark.created };
}
