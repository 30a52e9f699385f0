import { html } from 'hono/html';

import type { Html } from '#practice/slack/page/blocks/html.ts';
import { dayName, longDay } from '#practice/slack/page/blocks/slack-date.ts';
import type { SeenChannel, SeenMessage } from '#practice/slack/people/sight.ts';

import { dateOf, type MessageContext, type MessagePlace } from './context.ts';
import { messageHtml } from './message.ts';

/** One who goes on within this time does not say again who it is. */
const CONTINUED_MS = 5 * 60_000;

/**
 * Messages under each other: a line where a day begins, one before the first that is new, and no
 * repeated heads.
 */
export function messageListHtml(
  messages: readonly SeenMessage[],
  channel: SeenChannel,
  context: MessageContext,
  { place, newSince }: { place: MessagePlace; newSince: string | null },
): Html {
  const firstNew =
    newSince === null ? undefined : messages.find((one) => isNew(one, newSince, context.viewer));
  return html`${messages.map((message, index) => {
    const before = messages[index - 1];
    const day = before === undefined || dayOf(before) !== dayOf(message);
    const fresh = message === firstNew;
    return html`${day ? dayHtml(message, context.now, place) : ''}
    ${fresh ? html`<div class="new-line" id="new-line"><span>New</span></div>` : ''}
    ${messageHtml(message, channel, context, {
      place,
      continued: !day && !fresh && before !== undefined && goesOn(before, message, channel),
    })}`;
  })}`;
}

function isNew(message: SeenMessage, newSince: string, viewer: string): boolean {
  return Number(message.ts) > Number(newSince) && message.author.id !== viewer && !message.notice;
}

function goesOn(before: SeenMessage, message: SeenMessage, channel: SeenChannel): boolean {
  return (
    before.author.id === message.author.id &&
    !before.notice &&
    before.onlyYou === message.onlyYou &&
    !channel.pins.includes(message.ts) &&
    dateOf(message.ts).getTime() - dateOf(before.ts).getTime() < CONTINUED_MS
  );
}

function dayOf(message: SeenMessage): string {
  return dateOf(message.ts).toDateString();
}

function dayHtml(message: SeenMessage, now: Date, place: MessagePlace): Html {
  if (place === 'thread') return html``;
  const at = dateOf(message.ts);
  return html`<div class="day"><span>${dayName(at, now) ?? longDay(at)}</span></div>`;
}
