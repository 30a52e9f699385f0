import { html } from 'hono/html';

import { emoji } from '#practice/slack/page/blocks/emoji.ts';
import type { Html } from '#practice/slack/page/blocks/html.ts';
import type { SeenMessage } from '#practice/slack/people/sight.ts';

import type { MessageContext } from './context.ts';

export function reactionsHtml(message: SeenMessage, { viewer, names }: MessageContext): Html {
  if (message.reactions.length === 0) return html``;
  return html`<div class="reactions">
    ${message.reactions.map(({ name, users }) => {
      const who = users.map((user) => names.person(user)).join(', ');
      return html`<button
        type="button"
        data-do="react"
        data-name="${name}"
        aria-pressed="${String(users.includes(viewer))}"
        title="${who}"
      >
        <span aria-hidden="true">${emoji(name)}</span> ${users.length}
        <span class="visually-hidden">${name.replaceAll('_', ' ')}, by ${who}</span>
      </button>`;
    })}
  </div>`;
}
