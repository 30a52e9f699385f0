import { html, raw } from 'hono/html';

import type { SeenChannel, SeenMessage } from '#practice/slack/people/sight.ts';

import { type BlockContext, blocksHtml } from './blocks.ts';
import type { Html } from './elements.ts';
import { emoji, QUICK_REACTIONS } from './emoji.ts';
import { mrkdwn } from './mrkdwn.ts';

export type MessageContext = Omit<BlockContext, 'state' | 'errors'> & {
  viewer: string;
  stateOf(message: SeenMessage): BlockContext['state'];
  shortcuts: readonly { callbackId: string; name: string }[];
  threadLink(message: SeenMessage): string;
};

export function messageHtml(
  message: SeenMessage,
  channel: SeenChannel,
  context: MessageContext,
  place: 'channel' | 'thread',
): Html {
  if (message.notice) return noticeHtml(message, context);
  const replies = channel.messages.filter((other) => other.threadTs === message.ts);
  const classes = ['message', message.onlyYou ? 'only-you' : '', message.author.isApp ? 'app' : ''];
  return html`<article
    class="${classes.join(' ')}"
    data-channel="${message.channel}"
    data-ts="${message.ts}"
    id="${place}-${message.ts}"
  >
    <div class="avatar" aria-hidden="true">${initials(message.author.name)}</div>
    <div class="body">
      ${message.onlyYou ? html`<div class="note">Only visible to you</div>` : ''}
      ${channel.pins.includes(message.ts) ? html`<div class="note">📌 Pinned</div>` : ''}
      <header>
        <strong>${message.author.name}</strong>
        ${message.author.isApp ? html`<span class="badge">App</span>` : ''} ${timeHtml(message.ts)}
        ${message.edited ? html`<span class="quiet">(edited)</span>` : ''}
      </header>
      ${
        message.blocks.length === 0
          ? html`<div class="text">${raw(mrkdwn(message.text, context.names))}</div>`
          : blocksHtml(message.blocks, { ...context, state: context.stateOf(message), errors: {} })
      }
      ${message.files.map(fileHtml)} ${message.onlyYou ? '' : reactionsHtml(message, context)}
      ${
        replies.length > 0 && place === 'channel'
          ? html`<a class="replies" href="${context.threadLink(message)}">
              ${replies.length} ${replies.length === 1 ? 'reply' : 'replies'}
            </a>`
          : ''
      }
    </div>
    ${message.onlyYou ? '' : toolsHtml(message, context, place)}
  </article>`;
}

function noticeHtml(message: SeenMessage, context: MessageContext): Html {
  return html`<article class="message notice">
    <div class="body">${raw(mrkdwn(message.text, context.names))} ${timeHtml(message.ts)}</div>
  </article>`;
}

function timeHtml(ts: string): Html {
  const at = new Date(Number(ts) * 1000).toISOString();
  return html`<time datetime="${at}" title="${at}">${at.slice(11, 16)}</time>`;
}

function initials(name: string): string {
  return name.slice(0, 2).toUpperCase();
}

function fileHtml(file: SeenMessage['files'][number]): Html {
  return file.type.startsWith('image/')
    ? html`<figure class="block">
        <figcaption>${file.title}</figcaption>
        <img src="/files/${file.id}" alt="${file.title}" loading="lazy" />
      </figure>`
    : html`<div class="block file">
        📄 <a href="/files/${file.id}" download="${file.name}">${file.title}</a>
      </div>`;
}

function reactionsHtml(message: SeenMessage, { viewer, names }: MessageContext): Html {
  if (message.reactions.length === 0) return html``;
  return html`<div class="reactions">
    ${message.reactions.map(({ name, users }) => {
      const mine = users.includes(viewer);
      const who = users.map((user) => names.person(user)).join(', ');
      return html`<button
        type="button"
        data-react="${name}"
        aria-pressed="${String(mine)}"
        title="${who}: :${name}:"
      >
        ${emoji(name)} ${users.length}
      </button>`;
    })}
  </div>`;
}

function toolsHtml(
  message: SeenMessage,
  context: MessageContext,
  place: 'channel' | 'thread',
): Html {
  return html`<details class="tools">
    <summary aria-label="Message actions">⋯</summary>
    <div class="tools-menu">
      <div class="quick">
        ${QUICK_REACTIONS.map(
          (name) =>
            html`<button type="button" data-react="${name}" aria-label="React with ${name}">
              ${emoji(name)}
            </button>`,
        )}
      </div>
      ${place === 'channel' ? html`<a href="${context.threadLink(message)}">Reply in thread</a>` : ''}
      ${context.shortcuts.map(
        ({ callbackId, name }) =>
          html`<button type="button" data-shortcut="${callbackId}">${name}</button>`,
      )}
      ${
        message.author.id === context.viewer
          ? html`<button type="button" data-delete>Delete message</button>`
          : ''
      }
    </div>
  </details>`;
}
