import { html } from 'hono/html';

import { avatarHtml } from '#practice/slack/page/avatar.ts';
import type { Html } from '#practice/slack/page/blocks/html.ts';
import { ago } from '#practice/slack/page/blocks/slack-date.ts';
import type { SeenChannel, SeenMessage } from '#practice/slack/people/sight.ts';

import { dateOf, type MessageContext } from './context.ts';

/** The way into a message's thread, when there is one. */
export function repliesHtml(
  message: SeenMessage,
  channel: SeenChannel,
  context: MessageContext,
): Html {
  const replies = channel.messages.filter((other) => other.threadTs === message.ts);
  const last = replies.at(-1);
  if (last === undefined) return html``;
  const authors = new Map(replies.map(({ author }) => [author.id, author]));
  return html`<a class="replies" href="${context.threadLink(message)}">
    ${[...authors.values()].slice(0, 3).map((author) => avatarHtml({ ...author, name: author.realName }))}
    <strong>${replies.length} ${replies.length === 1 ? 'reply' : 'replies'}</strong>
    <span class="quiet">Last reply ${ago(dateOf(last.ts), context.now)}</span>
  </a>`;
}
