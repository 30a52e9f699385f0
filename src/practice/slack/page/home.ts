import { html } from 'hono/html';

import type { World } from '#practice/slack/world/world.ts';

import { appTabsHtml } from './app-tabs.ts';
import { blocksHtml } from './blocks/blocks.ts';
import { domId } from './blocks/dom-id.ts';
import type { Html } from './blocks/html.ts';
import type { MessageContext } from './message/context.ts';
import type { Place } from './place.ts';

/** The app's home tab, as the app has drawn it for the viewer. */
export function homeHtml(world: World, context: MessageContext, place: Place): Html {
  const home = world.homes.get(place.viewer);
  return html`${appTabsHtml(world, place, 'home')}
    <div class="messages home" id="home" tabindex="0" role="region" aria-label="Home tab">
      ${
        home === undefined
          ? html`<p class="beginning quiet">The app shows nothing here yet.</p>`
          : html`<div class="home-view" data-view="${home.id}">
              ${blocksHtml(home.blocks, { ...context, state: {}, errors: {}, id: domId(home.id) })}
            </div>`
      }
    </div>`;
}
