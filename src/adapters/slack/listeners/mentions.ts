import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';

import { keyOf } from '#adapters/slack/intake.ts';
import { notedMessage } from '#adapters/slack/noted-message.ts';
import { whisper } from '#adapters/slack/whisper.ts';

import { doIncidentAct } from './incident-act.ts';
import type { ListenerDeps } from './listener-deps.ts';

type Args = SlackEventMiddlewareArgs<'app_mention'> & AllMiddlewareArgs;

/** `@handrail note …`: works in threads, where commands do not, and takes the same words. */
export function onMention(deps: ListenerDeps) {
  return async ({ event, context }: Args): Promise<void> => {
    const { user, channel, ts, text, thread_ts: thread } = event;
    if (user === undefined || event.bot_id !== undefined) return;
    const { name } = await deps.directory.person(user);
    const by = { id: user, name };
    const asker = {
      by,
      once: keyOf(context),
      trigger: null,
      say: whisper(deps.gateway, { person: user, channel, thread }),
    };
    const source = await notedMessage(deps, channel, { ts, text, user });
    const words = text.replace(/^[^<]*<@[^<>]*>/, '');
    await doIncidentAct(deps, asker, words, { channel, message: thread ?? null }, source);
  };
}
