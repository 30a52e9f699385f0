import { html, raw } from 'hono/html';

import type { SeenChannel } from '#practice/slack/people/sight.ts';
import { readUpTo } from '#practice/slack/world/reading.ts';
import type { World } from '#practice/slack/world/world.ts';

import { appTabsHtml } from './app-tabs.ts';
import type { Html } from './blocks/html.ts';
import { mrkdwn, plainWithEmoji } from './blocks/mrkdwn.ts';
import { composerHtml } from './composer.ts';
import { icon } from './icons.ts';
import type { MessageContext } from './message/context.ts';
import { messageListHtml } from './message/message-list.ts';
import { href, type Place } from './place.ts';

/** A channel, or what the app and the viewer say to each other. */
export function channelHtml(
  world: World,
  channel: SeenChannel,
  context: MessageContext,
  place: Place,
): Html {
  const top = channel.messages.filter((message) => message.threadTs === null || message.onlyYou);
  const known = world.channels.get(channel.id);
  const newSince =
    place.newSince ?? (known === undefined ? null : readUpTo(world, known, place.viewer));
  const app = world.people.get(world.botUserId)?.realName ?? channel.name;
  const title = channel.kind === 'im' ? app : `#${channel.name}`;
  return html`${channel.kind === 'im' ? appTabsHtml(world, place, 'messages') : headHtml(channel, context)}
    <div
      class="messages"
      id="messages"
      data-channel="${channel.id}"
      data-unread="${channel.unread.count}"
      data-new-since="${newSince ?? ''}"
      tabindex="0"
      role="region"
      aria-label="Messages in ${title}"
    >
      ${beginningHtml(channel, title)}
      ${messageListHtml(top, channel, context, { place: 'channel', newSince: newSince === '0' ? null : newSince })}
    </div>
    <button type="button" class="jump" id="jump" data-do="jump" data-keep hidden>
      New messages ↓
    </button>
    ${
      channel.archived
        ? html`<p class="archived">This channel is archived. It can be read, and nothing more.</p>`
        : composerHtml(world, place, { channel: channel.id, name: title, thread: null })
    }`;
}

function headHtml(channel: SeenChannel, context: MessageContext): Html {
  return html`<header class="head">
    <div class="head-line">
      <h2>
        ${icon(channel.kind === 'private' ? 'lock' : 'hash')}
        <span>${channel.name}</span>
        ${channel.archived ? html`<small class="quiet">archived</small>` : ''}
      </h2>
      ${
        channel.topic === ''
          ? ''
          : html`<div class="topic">${raw(mrkdwn(channel.topic, context.names))}</div>`
      }
      <div class="head-tools">
        ${pinsHtml(channel, context)}
        <button
          type="button"
          class="tool"
          popovertarget="members"
          aria-label="${channel.members.length} members"
        >
          ${icon('people')} ${channel.members.length}
        </button>
        <div class="menu members" id="members" popover>
          <strong>Members</strong>
          <ul>
            ${channel.members.map((id) => html`<li>${context.names.person(id)}</li>`)}
          </ul>
        </div>
      </div>
    </div>
    ${
      channel.bookmarks.length === 0
        ? ''
        : html`<div class="bookmarks">
            ${channel.bookmarks.map(
              ({ title, link }) =>
                html`<span
                  >${icon('bookmark')} ${raw(mrkdwn(`<${link}|${title}>`, context.names))}</span
                >`,
            )}
          </div>`
    }
  </header>`;
}

function pinsHtml(channel: SeenChannel, context: MessageContext): Html {
  const pinned = channel.messages.filter(({ ts }) => channel.pins.includes(ts));
  if (pinned.length === 0) return html``;
  const count = `${pinned.length} pinned`;
  return html`<button
      type="button"
      class="tool"
      popovertarget="pins"
      aria-label="${count} ${pinned.length === 1 ? 'message' : 'messages'}"
    >
      ${icon('pin')} ${pinned.length}
    </button>
    <div class="menu pins" id="pins" popover>
      <strong>Pinned</strong>
      ${pinned.map(
        (message) =>
          html`<a
            href="${href(context.viewer, channel.id, { thread: message.threadTs, at: message.ts })}"
          >
            <span class="quiet">${message.author.realName}</span>
            <span>${raw(plainWithEmoji(message.text.slice(0, 120)))}</span>
          </a>`,
      )}
    </div>`;
}

function beginningHtml(channel: SeenChannel, title: string): Html {
  if (channel.kind === 'im') {
    return html`<div class="beginning">
      <p>This is where ${title} writes to you alone: questions, approvals, reminders.</p>
    </div>`;
  }
  return html`<div class="beginning">
    <h3>${icon(channel.kind === 'private' ? 'lock' : 'hash')} ${channel.name}</h3>
    <p>This is the very beginning of the channel.</p>
  </div>`;
}
