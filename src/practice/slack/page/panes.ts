import { html } from 'hono/html';

import { unreadOf } from '#practice/slack/world/reading.ts';
import type { World } from '#practice/slack/world/world.ts';

import type { Html } from './blocks/html.ts';
import { icon } from './icons.ts';

/** Where there is no room for all: which part of the page is shown. */
export function panesHtml(world: World, viewer: string, withShop: boolean): Html {
  const unread = [...world.channels.values()]
    .filter(({ members, archived }) => members.has(viewer) && !archived)
    .reduce((sum, channel) => sum + unreadOf(world, channel, viewer).forThem, 0);
  return html`<nav class="panes" id="panes" aria-label="Parts of the page">
    <button type="button" data-do="pane" data-name="channels">
      ${icon('menu')} Channels ${unread === 0 ? '' : html`<span class="count">${unread}</span>`}
    </button>
    <button type="button" data-do="pane" data-name="messages">${icon('thread')} Messages</button>
    ${
      withShop
        ? html`<button type="button" data-do="pane" data-name="shop">${icon('chart')} Shop</button>`
        : ''
    }
  </nav>`;
}
