import { z } from 'zod';

import type { ChatMessage } from '#ports/chat-messages.ts';
import type { Chat, PostedMessage, Shown } from '#ports/chat.ts';
import { PortError } from '#ports/port-error.ts';

import { setBookmark } from './bookmarks.ts';
import { createChannels } from './channels.ts';
import type { Download } from './download.ts';
import type { Gateway } from './gateway.ts';
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

/** Progress that gets no turn in this time is not waited for: what is pressed comes behind it. */
const CALM_WITHIN_MS = 100;

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
    const options = urgent ? { urgent } : { withinMs: CALM_WITHIN_MS };
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
      gateway.call('chat.postMessage', { ...args, ...content }, { urgent: asks(message) }),
    );
    const { channel: id, ts } = Posted.parse(sent);
    return { channel: id, ts, complete };
  }

  return {
    createChannel: (request) => channels.create(request),

    async post({ to, key, message, again }) {
      const channel =
        'person' in to ? await channels.directMessage(to.person) : await channels.id(to.channel);
      const thread = 'person' in to ? undefined : to.thread;
      if (again) {
        const earlier = await findPosted(gateway, channel, thread, key);
        // It may be of an older state: the next update brings it to this one.
        if (earlier !== null) return { channel, ts: earlier, complete: false };
      }
      try {
        return await send(channel, thread, key, message);
      } catch (error) {
        if (!(error instanceof PortError && error.code === 'not_in_channel')) throw error;
        await gateway.call('conversations.join', { channel });
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
        await gateway.call('pins.add', { channel, timestamp: ts });
      } catch (error) {
        if (!(error instanceof PortError && error.code === 'already_pinned')) throw error;
      }
    },

    async setTopic(channel, topic) {
      await gateway.call('conversations.setTopic', {
        channel,
        topic: plainText(topic, LIMITS.topic),
      });
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

/** Whether somebody waits to be asked: questions and approvals go before everything else. */
function asks(message: ChatMessage): boolean {
  return message.kind === 'approval' || (message.kind === 'run' && message.question !== null);
}
