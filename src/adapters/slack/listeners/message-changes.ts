import type { SlackEventMiddlewareArgs } from '@slack/bolt';

import { readNote } from '#adapters/slack/note-text.ts';
import { plainFromSlack } from '#adapters/slack/plain-from-slack.ts';

import type { ListenerDeps } from './listener-deps.ts';

/** What `@handrail note …` says is the note, any other message is it as a whole. */
export function noteOf(text: string): string {
  const [, said] = /^\s*<@[^<>]+>\s*note\s(.*)$/is.exec(text) ?? [];
  return plainFromSlack(said === undefined ? text : readNote(said, 0, new Date()).text);
}

/** An edit of a message changes its note, its deletion takes it off the timeline. */
export function onMessageChange(deps: ListenerDeps) {
  return async ({ event }: SlackEventMiddlewareArgs<'message'>): Promise<void> => {
    const { channel } = event;
    if (event.subtype === 'message_deleted') {
      const { deleted_ts: message } = event;
      await deps.useCases.followMessage({ by: null, channel, message, text: null });
    }
    if (event.subtype !== 'message_changed') return;
    const { ts: message, text, edited } = { text: undefined, edited: undefined, ...event.message };
    if (text === undefined) return;
    const said = { text: noteOf(text), ...(edited && { edited: edited.ts }) };
    await deps.useCases.followMessage({ by: null, channel, message, ...said });
  };
}
