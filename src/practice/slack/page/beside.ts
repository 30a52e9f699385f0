import { html } from 'hono/html';

import type { Person, World } from '#practice/slack/world/world.ts';

import type { Html } from './blocks/html.ts';
import { factsOf } from './guide/facts.ts';
import { guideHtml } from './guide/guide.ts';
import { shopHtml } from './shop/panel.ts';
import type { ShopWatch } from './shop/shop-watch.ts';

/** What stands beside the workspace when there is a shop: the shop, and the guide unless it was closed. */
export type Beside = { shop: ShopWatch; guide: boolean };

export function guideOf(world: World, viewer: Person, beside: Beside | null): Html {
  if (beside === null || !beside.guide) return html``;
  const facts = factsOf(world, viewer.id, beside.shop.now());
  return guideHtml(facts, { name: viewer.realName, title: viewer.title });
}

export function shopOf(world: World, beside: Beside | null): Html {
  return beside === null ? html`` : shopHtml(beside.shop.now(), world.clock.now());
}
