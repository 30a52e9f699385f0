import { html, raw } from 'hono/html';

import { unreadOf } from '#practice/slack/world/reading.ts';
import type { Person, World } from '#practice/slack/world/world.ts';

import { avatarHtml } from './avatar.ts';
import type { Html } from './blocks/html.ts';
import { icon } from './icons.ts';
import { href } from './place.ts';
import { themeHtml, type Theme } from './theme.ts';

export function canBeChosen(person: Person): boolean {
  return person.kind === 'member' || person.kind === 'guest';
}

/** The people whom one can be, with what waits for each of them. */
export function railHtml(
  world: World,
  { viewer, channel }: { viewer: string; channel: string },
  { theme, guideIsClosed }: { theme: Theme; guideIsClosed: boolean },
): Html {
  const people = [...world.people.values()].filter(canBeChosen);
  const me = world.people.get(viewer)?.realName ?? viewer;
  return html`<nav class="rail" id="rail" aria-label="Who you are">
    <h1 class="visually-hidden">${world.teamName} workspace, as ${me}</h1>
    <ul>
      ${people.map((person, index) => {
        const waiting = waitingFor(world, person.id);
        const isMe = person.id === viewer;
        return html`<li>
          <a
            href="${href(person.id, whereTo(world, person.id, channel))}"
            id="be-${person.id}"
            ${isMe ? raw('aria-current="true"') : ''}
            title="${person.title} (Ctrl+Shift+${index + 1})"
            data-person="${index + 1}"
          >
            ${avatarHtml({ id: person.id, name: person.realName, isApp: false })}
            <span class="visually-hidden">${isMe ? 'You are' : 'Be'}</span>
            <span class="rail-name">${person.realName.split(' ')[0]}</span>
            ${
              waiting === 0
                ? ''
                : html`<span class="count"
                    >${waiting}<span class="visually-hidden"> waiting</span></span
                  >`
            }
          </a>
        </li>`;
      })}
    </ul>
    <div class="rail-tools">
      ${
        guideIsClosed
          ? html`<button
              type="button"
              id="open-guide"
              data-do="guide"
              data-name="on"
              aria-label="Guide"
              title="Guide"
            >
              ${icon('help')}
            </button>`
          : ''
      }
      ${themeHtml(theme)}
    </div>
  </nav>`;
}

/** Where somebody is wanted first: by the app itself, else in a channel; else one looks at the same. */
function whereTo(world: World, user: string, channel: string): string {
  const mine = [...world.channels.values()].filter(
    ({ members, archived }) => members.has(user) && !archived,
  );
  const wanted = mine.filter((one) => unreadOf(world, one, user).forThem > 0);
  if (wanted.some(({ kind }) => kind === 'im')) return 'app';
  return wanted[0]?.id ?? channel;
}

function waitingFor(world: World, user: string): number {
  return [...world.channels.values()]
    .filter(({ members, archived }) => members.has(user) && !archived)
    .reduce((sum, channel) => sum + unreadOf(world, channel, user).forThem, 0);
}
