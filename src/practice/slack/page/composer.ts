import { html } from 'hono/html';

import type { World } from '#practice/slack/world/world.ts';

import type { Html } from './blocks/html.ts';
import { icon } from './icons.ts';
import type { Place } from './place.ts';

/** Where one types. In threads there are no commands, as in Slack. */
export function composerHtml(
  world: World,
  place: Place,
  to: { channel: string; name: string; thread: string | null },
): Html {
  const inThread = to.thread !== null;
  const id = inThread ? 'reply' : 'say';
  const placeholder = inThread ? 'Reply…' : `Message ${to.name}`;
  const viewer = world.people.get(place.viewer)?.realName ?? place.viewer;
  return html`<form
    class="composer"
    id="${id}-form"
    data-say
    data-channel="${to.channel}"
    data-thread="${to.thread ?? ''}"
  >
    <div
      class="suggestions"
      id="${id}-suggestions"
      role="listbox"
      aria-label="Suggestions"
      data-keep
      hidden
    ></div>
    <label class="visually-hidden" for="${id}"
      >${inThread ? 'Reply in the thread' : `Message ${to.name}`} as ${viewer}</label
    >
    <textarea
      id="${id}"
      name="text"
      rows="1"
      placeholder="${placeholder}"
      maxlength="12000"
      aria-autocomplete="list"
      aria-haspopup="listbox"
      aria-controls="${id}-suggestions"
    ></textarea>
    <div class="composer-tools">
      ${
        inThread
          ? ''
          : html`<button
              type="button"
              class="tool"
              data-do="insert"
              data-name="/"
              data-for="${id}"
              aria-label="Slash commands"
              title="Slash commands"
            >
              ${icon('slash')}
            </button>`
      }
      <button
        type="button"
        class="tool"
        data-do="insert"
        data-name="@"
        data-for="${id}"
        aria-label="Mention somebody"
        title="Mention somebody"
      >
        ${icon('at')}
      </button>
      <button
        type="button"
        class="tool"
        data-do="insert-emoji"
        data-for="${id}"
        aria-label="Emoji"
        title="Emoji"
      >
        ${icon('smile')}
      </button>
      ${inThread ? '' : shortcutsHtml(world)}
      <button type="submit" class="send" aria-label="Send">${icon('send')}</button>
    </div>
  </form>`;
}

function shortcutsHtml(world: World): Html {
  const shortcuts = (world.app.shortcuts ?? []).filter(({ type }) => type === 'global');
  if (shortcuts.length === 0) return html``;
  return html`<button
      type="button"
      class="tool"
      id="shortcuts"
      popovertarget="shortcuts-menu"
      aria-haspopup="menu"
      aria-label="Shortcuts"
      title="Shortcuts"
    >
      ${icon('bolt')}
    </button>
    <div class="menu" id="shortcuts-menu" popover role="menu" aria-label="Shortcuts">
      ${shortcuts.map(
        ({ callbackId, name }) =>
          html`<button
            type="button"
            role="menuitem"
            tabindex="-1"
            data-do="shortcut-anywhere"
            data-name="${callbackId}"
          >
            ${name}
          </button>`,
      )}
    </div>`;
}

/** What the composer can suggest, for the browser's script: commands with their words, people, channels. */
export function suggestionsHtml(world: World, viewer: string): Html {
  const commands = (world.app.commands ?? []).map(({ command, description, usageHint }) => ({
    command,
    description: description ?? '',
    words: (usageHint ?? '')
      .split('|')
      .map((word) => word.trim())
      .filter((word) => word !== ''),
  }));
  const people = [...world.people.values()]
    .filter(({ kind }) => kind !== 'deactivated')
    .map(({ name, realName }) => ({ name, about: realName }));
  const groups = world.usergroups.map(({ handle, name }) => ({ name: handle, about: name }));
  const channels = [...world.channels.values()]
    .filter(({ kind, members }) => kind === 'public' || (kind === 'private' && members.has(viewer)))
    .map(({ name, topic }) => ({ name, about: topic }));
  const known = { commands, people: [...people, ...groups], channels };
  return html`<div id="known" hidden data-known="${JSON.stringify(known)}"></div>`;
}
