import { z } from 'zod';

import type { ChatMessage } from '#ports/chat-messages.ts';
import type { Chat, PostedMessage, Shown } from '#ports/chat.ts';
import { PortError } from '#ports/port-error.ts';

import { setBookmark } from './bookmarks.ts';
import { createChannels } from './channels.ts';
import type { Download } from './download.ts';
import type { CallOptions, Gateway } from './gateway.ts';
import { LIMITS } from './limits.ts';
import { createLiveUpdates } from './live-updates.ts';
import { plainText } from './mrkdwn.ts';
import { areBlocksRefused, isFileRefused, type NewBlocks } from './new-blocks.ts';
import { findPosted, messageMetadata } from './posted-messages.ts';
import { systemTime, type Time } from './time.ts';
import { uploadFile } from './upload.ts';
import type { SlackMessage } from './views/blocks.ts';
import { homeView } from './views/home.ts';
import { drawMessage } from './views/message.ts';

/** What gets no turn in this time is not waited for: what is pressed comes behind it, and it comes later. */
const CALM = { rank: 'calm', withinMs: 100 } as const;
const SOON = { rank: 'soon', withinMs: 300 } as const;
const NOW = { rank: 'now' } as const;
/** A channel takes one message a second. */
const NEXT_IN_CHANNEL = { rank: 'calm', withinMs: 5_000 } as const;

const Posted = z.object({ channel: z.string(), ts: z.string() });

/** The port `Chat` on Slack. */
export function createChat(deps: {
  gateway: Gateway;
  newBlocks: NewBlocks;
  download: Download;
  time?: Time;
}): Chat {
  const { gateway, newBlocks } = deps;
  const channels = createChannels(gateway);
  const live = createLiveUpdates<ChatMessage, Shown>(async ({ channel, ts }, message, urgent) => {
    const options = !urgent ? CALM : asks(message) ? NOW : SOON;
    return drawn(message, (content) =>
      gateway.call('chat.update', { channel, ts, ...content }, options),
    );
  }, deps.time ?? systemTime);

  /**
   * Draws and sends. Where Slack refuses the newer blocks, the message goes as plain ones; if those
   * go through, it was the newer ones that it does not take, and no message of the next day has any.
   */
  async function drawn<T>(
    message: ChatMessage,
    sending: (content: SlackMessage) => Promise<T>,
  ): Promise<Shown & { sent: T }> {
    const isRich = message.kind === 'run' && (await newBlocks.taken());
    try {
      const sent = await sending(drawMessage(message, isRich ? 'rich' : 'plain'));
      return { sent, complete: true };
    } catch (error) {
      if (message.kind === 'run' && message.picture !== null && isFileRefused(error)) {
        const { sent } = await drawn({ ...message, picture: null }, sending);
        return { sent, complete: false };
      }
      if (!isRich || !areBlocksRefused(error)) throw error;
      const sent = await sending(drawMessage(message, 'plain'));
      await newBlocks.refused();
      return { sent, complete: true };
    }
  }

  async function send(
    channel: string,
    thread: string | undefined,
    key: string,
    message: ChatMessage,
  ): Promise<PostedMessage & Shown> {
    const args = {
      channel,
      ...(thread === undefined ? {} : { thread_ts: thread }),
      metadata: messageMetadata(key),
      unfurl_links: false,
      unfurl_media: false,
    };
    const { sent, complete } = await drawn(message, (content) =>
      gateway.call('chat.postMessage', { ...args, ...content }, haste(message)),
    );
    const { channel: id, ts } = Posted.parse(sent);
    return { channel: id, ts, complete };
  }

  async function placeOf(to: Parameters<Chat['post']>[0]['to']) {
    return 'person' in to
      ? { channel: await channels.directMessage(to.person), thread: undefined }
      : { channel: await channels.id(to.channel), thread: to.thread };
  }

  return {
    createChannel: (request) => channels.create(request),

    async find({ to, key }) {
      const { channel, thread } = await placeOf(to);
      const ts = await findPosted(gateway, channel, thread, key);
      return ts === null ? null : { channel, ts };
    },

    async post({ to, key, message, again }) {
      const { channel, thread } = await placeOf(to);
      if (again) {
        const earlier = await findPosted(gateway, channel, thread, key);
        // It may be of an older state: the next update brings it to this one.
        if (earlier !== null) return { channel, ts: earlier, complete: false };
      }
      try {
        return await send(channel, thread, key, message);
      } catch (error) {
        if (!(error instanceof PortError && error.code === 'not_in_channel')) throw error;
        await gateway.call('conversations.join', { channel }, SOON);
        return send(channel, thread, key, message);
      }
    },

    async update({ message, urgent, ...place }) {
      const { complete } = await live.update(place, message, urgent);
      return { complete };
    },

    async showHome(person, home, at) {
      await gateway.call('views.publish', { user_id: person, view: homeView(home, at) });
    },

    upload: (file) => uploadFile(gateway, file),

    async pin({ channel, ts }) {
      try {
        await gateway.call('pins.add', { channel, timestamp: ts }, CALM);
      } catch (error) {
        if (!(error instanceof PortError && error.code === 'already_pinned')) throw error;
      }
    },

    async setTopic(channel, topic) {
      const args = { channel, topic: plainText(topic, LIMITS.topic) };
      await gateway.call('conversations.setTopic', args, CALM);
    },

    download: deps.download,

    bookmark: (channel, bookmark) => setBookmark(gateway, channel, bookmark),

    async archive(channel) {
      try {
        await gateway.call('conversations.archive', { channel });
      } catch (error) {
        if (!(error instanceof PortError && error.code === 'already_archived')) throw error;
      }
    },

    invite: (channel, people) => channels.invite(channel, people),
  };
}

/** Questions and approvals go before everything else, and what only tells goes last. */
function haste(message: ChatMessage): CallOptions {
  if (['notice', 'evidence', 'catch-up'].includes(message.kind)) return NEXT_IN_CHANNEL;
  return asks(message) ? NOW : SOON;
}

/** Whether somebody is to press something in it, or has just done so. */
function asks(message: ChatMessage): boolean {
  return message.kind === 'approval' || (message.kind === 'run' && message.question !== null);
}
