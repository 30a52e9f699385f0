import type { RespondFn } from '@slack/bolt';

import { PortError } from '#ports/port-error.ts';

import type { Gateway } from './gateway.ts';
import type { SlackMessage } from './views/blocks.ts';

type Say = (message: SlackMessage) => Promise<void>;

/**
 * Shows a person something that only they see, where they are; where that cannot be (they have left,
 * or we are not there), in a direct message.
 */
export function whisper(
  gateway: Gateway,
  to: { person: string; channel: string | null; thread?: string | undefined },
): Say {
  const { person, channel, thread } = to;
  return async (message) => {
    if (channel !== null) {
      try {
        const place = {
          channel,
          user: person,
          ...(thread === undefined ? {} : { thread_ts: thread }),
        };
        await gateway.call('chat.postEphemeral', { ...place, ...message }, { rank: 'now' });
        return;
      } catch (error) {
        if (!(error instanceof PortError) || error.retry) throw error;
      }
    }
    await gateway.call('chat.postMessage', { channel: person, ...message }, { rank: 'now' });
  };
}

/**
 * As `whisper`, by the way that Slack gave us with the press; it works five times in half an hour.
 * `replace`: in place of the message that was pressed in, which only that person sees.
 */
export function whisperBy(respond: RespondFn, otherwise: Say, replace = false): Say {
  return async (message) => {
    try {
      await respond({ response_type: 'ephemeral', replace_original: replace, ...message });
    } catch {
      await otherwise(message);
    }
  };
}
