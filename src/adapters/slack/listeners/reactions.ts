import type { SlackEventMiddlewareArgs } from '@slack/bolt';

import { notedMessage } from '#adapters/slack/noted-message.ts';
import { readMessage } from '#adapters/slack/slack-messages.ts';

import type { ListenerDeps } from './listener-deps.ts';
import { noteOf } from './message-changes.ts';

type Args = SlackEventMiddlewareArgs<'reaction_added' | 'reaction_removed'>;
type Message = Awaited<ReturnType<typeof readMessage>>;

/** Slack tells of a reaction before it shows it, or goes on showing it; after that it is as shown. */
const PAUSES_MS = [1_000, 3_000];

/**
 * The reaction of the settings. A message that has one is on the timeline; with its last one it goes.
 * Events come late, twice and in any order, so what counts is how the message is now, and it is looked at
 * again after something was done. Where no note can be made of it (outside of an incident the reaction
 * means something else), it stays without an answer; a failure is thrown, so that the stored event is
 * dealt with later.
 */
export function onReaction(deps: ListenerDeps) {
  return async ({ event }: Args): Promise<void> => {
    const { type, user, item } = event;
    if (event.reaction !== deps.settings().incident.reaction || item.type !== 'message') return;
    const { channel, ts } = item;
    const look = () => readMessage(deps.gateway, channel, ts);
    const isMarked = (message: Message) =>
      message?.reactions.some(({ name }) => name === event.reaction) === true;

    let isNoted = type === 'reaction_removed';
    const isAsTold = (message: Message) => {
      const mark = message?.reactions.find(({ name }) => name === event.reaction);
      return isNoted ? mark?.users.includes(user) !== true : mark !== undefined;
    };
    let message = await look();
    for (const pause of PAUSES_MS) {
      if (message === null || isAsTold(message)) break;
      await paused(deps, pause);
      message = await look();
    }
    while (isMarked(message) !== isNoted) {
      isNoted = !isNoted;
      const before = isNoted ? message : null;
      await note(deps, event, before);
      message = await look();
      if (before !== null && message !== null) await followEdit(deps, channel, before, message);
    }
  };
}

/** Puts the message on the timeline; null: takes it off. */
async function note(deps: ListenerDeps, { user, item }: Args['event'], message: Message) {
  const { channel, ts } = item;
  const by = { id: user, name: (await deps.directory.person(user)).name };
  if (message === null) {
    return deps.useCases.followMessage({ by, channel, message: ts, text: null });
  }
  const noted = await notedMessage(deps, channel, message);
  const origin = { channel, message: ts };
  const reply = await deps.useCases.noteMessage({ by, origin, message: noted, ask: false });
  deps.log.info({ channel, ts, reply: reply.kind }, 'reaction noted');
}

/** What was edited just before there was a note that could follow it. */
async function followEdit(
  { useCases }: ListenerDeps,
  channel: string,
  before: NonNullable<Message>,
  { ts: message, text, edited }: NonNullable<Message>,
): Promise<void> {
  if (edited === undefined || edited.ts === before.edited?.ts) return;
  const said = { text: noteOf(text), edited: edited.ts };
  await useCases.followMessage({ by: null, channel, message, ...said });
}

function paused({ time }: ListenerDeps, ms: number): Promise<void> {
  return new Promise((resolve) => {
    time.after(ms, resolve);
  });
}
