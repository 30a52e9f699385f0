import type {
  AllMiddlewareArgs,
  MessageShortcut,
  SlackEventMiddlewareArgs,
  SlackShortcutMiddlewareArgs,
} from '@slack/bolt';

import { answer, sentence } from '#adapters/slack/answer.ts';
import { keyOf } from '#adapters/slack/intake.ts';
import { plainFromSlack } from '#adapters/slack/plain-from-slack.ts';
import { messageTime, permalink, readMessage } from '#adapters/slack/slack-messages.ts';
import { whisper, whisperBy } from '#adapters/slack/whisper.ts';
import { laterIfUnknown } from '#app/authorise.ts';

import type { ListenerDeps } from './listener-deps.ts';

/** 📌 on a message of an incident's channel puts it on the timeline. */
export const TIMELINE_REACTION = 'pushpin';
export const TIMELINE_SHORTCUT = 'add_to_timeline';

/** The message shortcut «Add to timeline». */
export function onShortcut(deps: ListenerDeps) {
  return async (
    args: SlackShortcutMiddlewareArgs<MessageShortcut> & AllMiddlewareArgs,
  ): Promise<void> => {
    const { ack, context, shortcut, respond } = args;
    await ack();
    const { user, channel, message, trigger_id: trigger } = shortcut;
    const place = { person: user.id, channel: channel.id };
    const say = whisperBy(respond, whisper(deps.gateway, place));
    if (shortcut.callback_id !== TIMELINE_SHORTCUT) {
      return say(sentence('This shortcut does nothing any more.'));
    }
    const note = await noteOf(deps, channel.id, message);
    const by = { id: user.id, name: user.name };
    return answer(deps, { by, once: keyOf(context), trigger, say }, note);
  };
}

/**
 * The reaction. Where no note can be made of it (outside of an incident it means something else), it
 * stays without an answer; a failure is thrown, so that the stored event is dealt with later.
 */
export function onReaction(deps: ListenerDeps) {
  return async ({ event }: SlackEventMiddlewareArgs<'reaction_added'>): Promise<void> => {
    if (event.reaction !== TIMELINE_REACTION || event.item.type !== 'message') return;
    const { channel, ts } = event.item;
    const message = await readMessage(deps.gateway, channel, ts);
    if (message === null) return;
    const { name } = await deps.directory.person(event.user);
    const { origin, text, at, source } = await noteOf(deps, channel, message);
    const by = { id: event.user, name };
    const reply = await deps.useCases.note({ by, origin, text, at, source });
    if (reply.kind === 'refused') laterIfUnknown(reply);
    deps.log.info({ channel, ts, reply: reply.kind }, 'reaction noted');
  };
}

async function noteOf(
  deps: ListenerDeps,
  channel: string,
  message: { ts: string; text?: string | undefined; user?: string | undefined },
) {
  const { ts, user } = message;
  const author =
    user === undefined ? null : { id: user, name: (await deps.directory.person(user)).name };
  const text = plainFromSlack(message.text ?? '');
  return {
    act: 'note' as const,
    origin: { channel, message: ts },
    text: text === '' ? '(a message without text)' : text,
    at: messageTime(ts),
    source: { permalink: await permalink(deps.gateway, channel, ts), message: ts, author },
  };
}
