import { html } from 'hono/html';
import { raw } from 'hono/html';

import {
  nameOf,
  sightOf,
  type SeenChannel,
  type SeenMessage,
  type Sight,
} from '#practice/slack/people/sight.ts';
import { topModal } from '#practice/slack/world/modals.ts';
import type { World } from '#practice/slack/world/world.ts';

import { blocksHtml } from './blocks.ts';
import type { Html } from './elements.ts';
import { type MessageContext, messageHtml } from './message.ts';
import { modalHtml } from './modal.ts';
import { mrkdwn } from './mrkdwn.ts';
import { namesFor } from './names.ts';

export type Place = { viewer: string; channel: string | null; thread: string | null };

/** The whole page of one person at one place. Its `data-live` parts are swapped when they change. */
export function screenHtml(world: World, place: Place): Html {
  const sight = sightOf(world, place.viewer);
  const atHome = place.channel === 'home';
  const channel = atHome
    ? undefined
    : (sight.channels.find((one) => one.id === place.channel) ?? sight.channels[0]);
  const context = contextFor(world, sight, channel);
  const modal = topModal(world, place.viewer);
  const modalKey =
    modal === undefined ? '' : `${modal.id} ${modal.hash} ${JSON.stringify(modal.errors)}`;

  return html`<div
    class="screen ${place.thread === null ? '' : 'with-thread'}"
    data-viewer="${place.viewer}"
    data-last="${sight.lastId}"
  >
    ${navHtml(world, sight, channel?.id ?? 'home')}
    <main>
      ${channel === undefined ? homeHtml(sight, context) : channelHtml(channel, context, place)}
    </main>
    ${channel === undefined || place.thread === null ? '' : threadHtml(channel, place.thread, context, place)}
    ${modalHtml(sight.modal, modalKey, modal?.state ?? {}, context)}
    <div id="toasts" role="status" aria-live="polite"></div>
  </div>`;
}

function contextFor(world: World, sight: Sight, channel: SeenChannel | undefined): MessageContext {
  const viewer = sight.me;
  return {
    viewer,
    names: namesFor(world, viewer),
    people: sight.people,
    channels: sight.channels.filter((one) => one.kind !== 'im'),
    shortcuts: (world.app.shortcuts ?? []).filter((one) => one.type === 'message'),
    stateOf: (message: SeenMessage) =>
      world.choices.get(`${viewer} ${message.channel} ${message.ts}`) ?? {},
    threadLink: (message) => href(viewer, channel?.id ?? 'home', message.threadTs ?? message.ts),
  };
}

function navHtml(world: World, sight: Sight, current: string): Html {
  const link = (id: string, label: string) =>
    html`<a href="${href(sight.me, id)}" ${id === current ? raw('aria-current="page"') : ''}
      >${label}</a
    >`;
  return html`<nav id="nav" data-live aria-label="Channels">
    <div class="workspace">
      <strong>${world.teamName}</strong>
      <a href="/" class="who" title="Be somebody else">${nameOf(world, sight.me)} ⇄</a>
    </div>
    <div class="places">
      ${sight.channels
        .filter((channel) => channel.kind !== 'im')
        .map((channel) =>
          link(
            channel.id,
            `${channel.kind === 'private' ? '🔒 ' : '# '}${channel.name}${channel.archived ? ' (archived)' : ''}`,
          ),
        )}
      ${sight.channels.filter((channel) => channel.kind === 'im').map((channel) => link(channel.id, `✉ ${channel.name}`))}
      ${link('home', `⌂ ${sight.app.name} home`)}
      ${sight.joinable.map(
        (channel) =>
          html`<button type="button" class="join" data-join="${channel.id}">
            + Join #${channel.name}
          </button>`,
      )}
      ${(world.app.shortcuts ?? [])
        .filter((shortcut) => shortcut.type === 'global')
        .map(
          (shortcut) =>
            html`<button type="button" class="join" data-shortcut="${shortcut.callbackId}">
              ⚡ ${shortcut.name}
            </button>`,
        )}
    </div>
  </nav>`;
}

function channelHtml(channel: SeenChannel, context: MessageContext, place: Place): Html {
  const top = channel.messages.filter((message) => message.threadTs === null || message.onlyYou);
  const title = channel.kind === 'im' ? channel.name : `#${channel.name}`;
  return html`<header class="head" id="head" data-live>
      <h1>${title}</h1>
      <span class="quiet">${channel.members.length} members</span>
      ${channel.topic === '' ? '' : html`<div class="topic">${raw(mrkdwn(channel.topic, context.names))}</div>`}
      ${channel.bookmarks.map(
        ({ title: label, link }) =>
          html`<span class="bookmark"
            >🔖 ${raw(mrkdwn(`<${link}|${label}>`, context.names))}</span
          >`,
      )}
      ${pinsHtml(channel)}
    </header>
    <div
      class="messages"
      id="messages"
      data-live
      tabindex="0"
      role="log"
      aria-label="Messages in ${title}"
    >
      ${top.length === 0 ? html`<p class="quiet empty">Nothing has been said here yet.</p>` : ''}
      ${top.map((message) => messageHtml(message, channel, context, 'channel'))}
    </div>
    ${
      channel.archived
        ? html`<p class="composer quiet">This channel is archived.</p>`
        : composerHtml(channel.id, null, `Message ${title}, or type / for a command`, place)
    }`;
}

function pinsHtml(channel: SeenChannel): Html {
  return channel.pins.length === 0
    ? html``
    : html`<span class="pins"
        >${channel.pins.map((ts) => html`<a href="#channel-${ts}">📌 Pinned message</a>`)}</span
      >`;
}

function threadHtml(channel: SeenChannel, ts: string, context: MessageContext, place: Place): Html {
  const messages = channel.messages.filter(
    (message) => message.ts === ts || message.threadTs === ts,
  );
  return html`<aside class="thread" aria-label="Thread">
    <header class="head">
      <h2>Thread</h2>
      <a class="icon" href="${href(place.viewer, channel.id)}" aria-label="Close thread">✕</a>
    </header>
    <div class="messages" id="thread" data-live tabindex="0" role="log" aria-label="Thread">
      ${messages.map((message) => messageHtml(message, channel, context, 'thread'))}
    </div>
    ${composerHtml(channel.id, ts, 'Reply', place)}
  </aside>`;
}

function composerHtml(
  channel: string,
  thread: string | null,
  placeholder: string,
  place: Place,
): Html {
  const id = thread === null ? 'say' : 'reply';
  return html`<form
    class="composer"
    data-say
    data-channel="${channel}"
    data-thread="${thread ?? ''}"
  >
    <label class="visually-hidden" for="${id}">${placeholder} as ${place.viewer}</label>
    <textarea
      id="${id}"
      name="text"
      rows="1"
      placeholder="${placeholder}"
      maxlength="12000"
    ></textarea>
    <button type="submit" class="primary">Send</button>
  </form>`;
}

function homeHtml(sight: Sight, context: MessageContext): Html {
  return html`<header class="head"><h1>${sight.app.name}</h1></header>
    <div class="messages home" id="messages" data-live tabindex="0">
      ${
        sight.home === null
          ? html`<p class="quiet empty">The app shows nothing here yet.</p>`
          : html`<div data-view="${sight.home.id}">
              ${blocksHtml(sight.home.blocks, { ...context, state: {}, errors: {} })}
            </div>`
      }
    </div>`;
}

function href(viewer: string, channel: string, thread?: string): string {
  const query = new URLSearchParams({ as: viewer, channel });
  if (thread !== undefined) query.set('thread', thread);
  return `/?${query.toString()}`;
}
