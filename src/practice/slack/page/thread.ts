import { html } from 'hono/html';

import type { SeenChannel } from '#practice/slack/people/sight.ts';
import type { World } from '#practice/slack/world/world.ts';

import type { Html } from './blocks/html.ts';
import { composerHtml } from './composer.ts';
import { icon } from './icons.ts';
import type { MessageContext } from './message/context.ts';
import { messageListHtml } from './message/message-list.ts';
import { messageHtml } from './message/message.ts';
import { href, type Place } from './place.ts';

export function threadHtml(
  world: World,
  channel: SeenChannel,
  ts: string,
  context: MessageContext,
  place: Place,
): Html {
  const parent = channel.messages.find((message) => message.ts === ts);
  const replies = channel.messages.filter((message) => message.threadTs === ts);
  const name = channel.kind === 'im' ? channel.name : `#${channel.name}`;
  const close = href(place.viewer, channel.id);
  return html`<aside class="thread" id="thread-pane" aria-label="Thread">
    <header class="head">
      <div class="head-line">
        <h2>Thread</h2>
        <span class="topic">${name}</span>
        <a class="tool" href="${close}" id="close-thread" aria-label="Close thread"
          >${icon('close')}</a
        >
      </div>
    </header>
    <div
      class="messages"
      id="thread"
      tabindex="0"
      role="region"
      aria-label="Messages in the thread"
    >
      ${
        parent === undefined
          ? html`<p class="quiet gone">The message that this thread began with was deleted.</p>`
          : messageHtml(parent, channel, context, { place: 'thread', continued: false })
      }
      ${
        replies.length === 0
          ? ''
          : html`<div class="day reply-count">
              <span>${replies.length} ${replies.length === 1 ? 'reply' : 'replies'}</span>
            </div>`
      }
      ${messageListHtml(replies, channel, context, { place: 'thread', newSince: null })}
    </div>
    ${channel.archived ? '' : composerHtml(world, place, { channel: channel.id, name, thread: ts })}
  </aside>`;
}
