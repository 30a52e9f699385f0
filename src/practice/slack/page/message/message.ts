import { html, raw } from 'hono/html';

import { avatarHtml } from '#practice/slack/page/avatar.ts';
import { blocksHtml } from '#practice/slack/page/blocks/blocks.ts';
import { domId } from '#practice/slack/page/blocks/dom-id.ts';
import type { Html } from '#practice/slack/page/blocks/html.ts';
import { mrkdwn } from '#practice/slack/page/blocks/mrkdwn.ts';
import { timeOfDay } from '#practice/slack/page/blocks/slack-date.ts';
import type { SeenChannel, SeenMessage } from '#practice/slack/people/sight.ts';

import { dateOf, type MessageContext, type MessagePlace } from './context.ts';
import { fileHtml } from './file.ts';
import { reactionsHtml } from './reactions.ts';
import { repliesHtml } from './replies.ts';
import { toolsHtml } from './tools.ts';
import { typed } from './typed.ts';

/** A message; `continued` when it stands under one that says already who and when. */
export function messageHtml(
  message: SeenMessage,
  channel: SeenChannel,
  context: MessageContext,
  { place, continued }: { place: MessagePlace; continued: boolean },
): Html {
  if (message.notice) return noticeHtml(message, context, place);
  const pinned = channel.pins.includes(message.ts);
  const classes = [
    'message',
    continued ? 'continued' : '',
    message.onlyYou ? 'only-you' : '',
    pinned && place === 'channel' ? 'pinned' : '',
  ];
  const id = domId(place, message.ts);
  return html`<article
    class="${classes.filter((name) => name !== '').join(' ')}"
    data-channel="${message.channel}"
    data-ts="${message.ts}"
    ${message.author.id === context.viewer ? html`data-source="${typed(message.text, context.names)}"` : ''}
    id="${id}"
    tabindex="-1"
    aria-label="${message.author.realName}, ${timeOfDay(dateOf(message.ts))}"
  >
    <div class="gutter">
      ${continued ? timeHtml(message.ts) : avatarHtml({ ...message.author, name: message.author.realName })}
    </div>
    <div class="body">
      ${pinned ? html`<div class="note">📌 Pinned</div>` : ''}
      ${
        continued
          ? ''
          : html`<header>
              <strong>${message.author.realName}</strong>
              ${message.author.isApp ? html`<span class="badge">App</span>` : ''}
              ${timeHtml(message.ts)}
            </header>`
      }
      ${
        message.blocks.length === 0
          ? html`<div class="text">${raw(mrkdwn(message.text, context.names))}</div>`
          : blocksHtml(message.blocks, {
              ...context,
              state: context.stateOf(message),
              errors: {},
              id,
            })
      }
      ${message.files.map(fileHtml)}
      ${
        message.edited && !message.author.isApp
          ? html`<span class="quiet edited">(edited)</span>`
          : ''
      }
      ${
        message.onlyYou
          ? html`<div class="note">
              👁 Only visible to you ·
              <button type="button" class="as-link" data-do="dismiss">Dismiss message</button>
            </div>`
          : reactionsHtml(message, context)
      }
      ${place === 'channel' ? repliesHtml(message, channel, context) : ''}
    </div>
    ${message.onlyYou ? '' : toolsHtml(message, { ...context, pinned, place, id })}
  </article>`;
}

function noticeHtml(message: SeenMessage, context: MessageContext, place: MessagePlace): Html {
  return html`<article
    class="message notice"
    id="${domId(place, message.ts)}"
    data-ts="${message.ts}"
    tabindex="-1"
  >
    <div class="gutter">${timeHtml(message.ts)}</div>
    <div class="body">${raw(mrkdwn(message.text, context.names))}</div>
  </article>`;
}

function timeHtml(ts: string): Html {
  const at = dateOf(ts);
  return html`<time datetime="${at.toISOString()}" title="${at.toLocaleString('sv-SE')}"
    >${timeOfDay(at)}</time
  >`;
}
