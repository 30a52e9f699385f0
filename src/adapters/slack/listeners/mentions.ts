import type { SlackEventMiddlewareArgs } from '@slack/bolt';

import { messageTime, permalink } from '#adapters/slack/slack-messages.ts';
import { whisper } from '#adapters/slack/whisper.ts';

import { doIncidentAct } from './incident-act.ts';
import type { ListenerDeps } from './listener-deps.ts';

/** `@handrail note …`: works in threads, where commands do not, and takes the same words. */
export function onMention(deps: ListenerDeps) {
  return async ({ event }: SlackEventMiddlewareArgs<'app_mention'>): Promise<void> => {
    const { user, channel, ts, text, thread_ts: thread } = event;
    if (user === undefined || event.bot_id !== undefined) return;
    const { name } = await deps.directory.person(user);
    const by = { id: user, name };
    const asker = {
      by,
      trigger: null,
      say: whisper(deps.gateway, { person: user, channel, thread }),
    };
    const source = {
      permalink: await permalink(deps.gateway, channel, ts),
      message: ts,
      author: by,
    };

    await doIncidentAct(
      deps,
      asker,
      text.replace(/^[^<]*<@[^<>]*>/, ''),
      { channel, message: thread ?? null },
      { of: source, at: messageTime(ts) },
    );
  };
}
