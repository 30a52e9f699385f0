import { html, raw } from 'hono/html';

import { unreadOf } from '#practice/slack/world/reading.ts';
import type { Channel, Person, World } from '#practice/slack/world/world.ts';

import { avatarHtml } from './avatar.ts';
import type { Html } from './blocks/html.ts';
import { icon } from './icons.ts';
import { href } from './place.ts';

/** The viewer's channels, those they could join, and the app. */
export function sidebarHtml(world: World, viewer: Person, current: string): Html {
  const mine = [...world.channels.values()].filter(({ members }) => members.has(viewer.id));
  const channels = mine.filter(({ kind }) => kind !== 'im');
  const joinable = [...world.channels.values()].filter(
    ({ kind, archived, members }) => kind === 'public' && !archived && !members.has(viewer.id),
  );
  return html`<nav class="sidebar" id="sidebar" aria-label="Channels">
    <div class="workspace">
      <strong>${world.teamName}</strong>
      <span class="you"
        >You are
        <b>${viewer.realName}</b>${viewer.title === '' ? '' : `, ${lower(viewer.title)}`}</span
      >
    </div>
    <h2 id="channels-label">Channels</h2>
    <ul aria-labelledby="channels-label">
      ${channels.filter(({ archived }) => !archived).map((channel) => channelItem(world, channel, viewer.id, current))}
    </ul>
    ${
      joinable.length === 0
        ? ''
        : html`<h2 id="joinable-label">Not joined</h2>
            <ul aria-labelledby="joinable-label">
              ${joinable.map(
                (channel) =>
                  html`<li>
                    <button type="button" class="place" data-do="join" data-name="${channel.id}">
                      ${icon('plus')} <span class="place-head">Join #${channel.name}</span>
                    </button>
                  </li>`,
              )}
            </ul>`
    }
    <h2 id="apps-label">Apps</h2>
    <ul aria-labelledby="apps-label">
      ${appItem(world, viewer.id, current)}
    </ul>
    ${archivedHtml(world, channels, viewer.id, current)}
  </nav>`;
}

function archivedHtml(
  world: World,
  channels: readonly Channel[],
  viewer: string,
  current: string,
): Html {
  const archived = channels.filter((channel) => channel.archived);
  if (archived.length === 0) return html``;
  return html`<details
    id="archived-channels"
    ${archived.some(({ id }) => id === current) ? raw('open') : ''}
  >
    <summary>Archived</summary>
    <ul>
      ${archived.map((channel) => channelItem(world, channel, viewer, current))}
    </ul>
  </details>`;
}

function channelItem(world: World, channel: Channel, viewer: string, current: string): Html {
  return placeHtml(
    { id: channel.id, link: href(viewer, channel.id), name: channel.name, current },
    channel.kind === 'private' ? icon('lock') : icon('hash'),
    channel.archived ? { count: 0, forThem: 0 } : unreadOf(world, channel, viewer),
  );
}

/** One entry for both of the app's tabs; it leads to whichever has something new. */
function appItem(world: World, viewer: string, current: string): Html {
  const name = world.people.get(world.botUserId)?.realName ?? 'App';
  const direct = [...world.channels.values()].find(
    ({ kind, members }) => kind === 'im' && members.has(viewer),
  );
  const unread = direct === undefined ? { count: 0, forThem: 0 } : unreadOf(world, direct, viewer);
  const here = current === 'home' || current === direct?.id;
  return placeHtml(
    {
      id: 'app',
      link: href(viewer, unread.count > 0 ? 'app' : 'home'),
      name,
      current: here ? 'app' : current,
    },
    avatarHtml({ id: world.botUserId, name, isApp: true }),
    unread,
  );
}

function placeHtml(
  place: { id: string; link: string; name: string; current: string },
  mark: Html,
  { count, forThem }: { count: number; forThem: number },
): Html {
  const here = place.id === place.current;
  const said = forThem > 0 ? `${forThem} for you` : count > 0 ? 'unread' : '';
  return html`<li>
    <a
      class="place ${count > 0 && !here ? 'unread' : ''}"
      href="${place.link}"
      id="place-${place.id}"
      data-place
      ${here ? raw('aria-current="page"') : ''}
    >
      ${mark} ${nameHtml(place.name)}
      ${forThem > 0 && !here ? html`<span class="count" aria-hidden="true">${forThem}</span>` : ''}
      ${said === '' || here ? '' : html`<span class="visually-hidden">${said}</span>`}
    </a>
  </li>`;
}

function lower(title: string): string {
  return title.charAt(0).toLowerCase() + title.slice(1);
}

/** A long name is cut in its middle: what tells names apart is often at their end. */
function nameHtml(name: string): Html {
  const tail = 9;
  if (name.length <= 22) {
    return html`<span class="place-name"><span class="place-head">${name}</span></span>`;
  }
  // Read out as one name, not as two words.
  return html`<span class="visually-hidden">${name}</span
    ><span class="place-name" title="${name}" aria-hidden="true"
      ><span class="place-head">${name.slice(0, -tail)}</span
      ><span>${name.slice(-tail)}</span></span
    >`;
}
