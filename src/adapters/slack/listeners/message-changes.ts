import type { SlackEventMiddlewareArgs } from '@slack/bolt';

import { readNote } from '#adapters/slack/note-text.ts';
import { plainFromSlack } from '#adapters/slack/plain-from-slack.ts';
import { readMessage } from '#adapters/slack/slack-messages.ts';

import type { ListenerDeps } from './listener-deps.ts';

/** The note goes when the last such reaction on its message does. */
export function onReactionRemoved(deps: ListenerDeps) {
  return async ({ event }: SlackEventMiddlewareArgs<'reaction_removed'>): Promise<void> => {
    const { reaction } = deps.settings().incident;
    if (event.reaction !== reaction || event.item.type !== 'message') return;
    const { channel, ts } = event.item;
    const message = await readMessage(deps.gateway, channel, ts);
    if (message?.reactions.some(({ name }) => name === reaction)) return;
    const { name } = await deps.directory.person(event.user);
    const by = { id: event.user, name };
    await deps.useCases.followMessage({ by, channel, message: ts, text: null });
  };
}

/** What `@handrail note …` says is the note, any other message is it as a whole. */
function noteOf(text: string): string {
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
    const { ts: message, text } = { text: undefined, ...event.message };
    if (text === undefined) return;
    await deps.useCases.followMessage({ by: null, channel, message, text: noteOf(text) });
  };
}
