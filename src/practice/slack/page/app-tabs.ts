import { html } from 'hono/html';
import { raw } from 'hono/html';

import type { World } from '#practice/slack/world/world.ts';

import { avatarHtml } from './avatar.ts';
import type { Html } from './blocks/html.ts';
import { href, type Place } from './place.ts';

/** The app's own place: its home tab, and what it and the viewer write to each other. */
export function appTabsHtml(world: World, place: Place, current: 'home' | 'messages'): Html {
  const app = world.people.get(world.botUserId);
  const name = app?.realName ?? 'App';
  const tab = (id: 'home' | 'messages', label: string, link: string) =>
    html`<a href="${link}" ${id === current ? raw('aria-current="page"') : ''}>${label}</a>`;
  return html`<header class="head app-head">
    <div class="head-line">
      <h2>${avatarHtml({ id: world.botUserId, name, isApp: true })} <span>${name}</span></h2>
      <span class="badge">App</span>
    </div>
    <nav class="tabs" aria-label="${name}">
      ${tab('home', 'Home', href(place.viewer, 'home'))}
      ${tab('messages', 'Messages', href(place.viewer, 'app'))}
    </nav>
  </header>`;
}
