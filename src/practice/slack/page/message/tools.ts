import { html } from 'hono/html';

import { emoji, QUICK_REACTIONS } from '#practice/slack/page/blocks/emoji.ts';
import type { Html } from '#practice/slack/page/blocks/html.ts';
import { icon } from '#practice/slack/page/icons.ts';
import type { SeenMessage } from '#practice/slack/people/sight.ts';

import type { MessageContext, MessagePlace } from './context.ts';

/** What can be done with a message: one stop of the tab key, then arrows. */
export function toolsHtml(
  message: SeenMessage,
  context: MessageContext & { place: MessagePlace; pinned: boolean; id: string },
): Html {
  const { id, place, pinned } = context;
  const mine = message.author.id === context.viewer;
  return html`<div class="tools" role="toolbar" aria-label="Message actions">
    ${QUICK_REACTIONS.map(
      (name, index) =>
        html`<button
          type="button"
          data-do="react"
          data-name="${name}"
          tabindex="${index === 0 ? 0 : -1}"
          aria-label="React with ${name.replaceAll('_', ' ')}"
        >
          ${emoji(name)}
        </button>`,
    )}
    <button type="button" data-do="pick-emoji" tabindex="-1" aria-label="Find another reaction">
      ${icon('smile')}
    </button>
    ${
      place === 'channel'
        ? html`<a href="${context.threadLink(message)}" tabindex="-1" aria-label="Reply in thread"
            >${icon('thread')}</a
          >`
        : ''
    }
    <button
      type="button"
      tabindex="-1"
      id="${id}-more"
      popovertarget="${id}-menu"
      aria-haspopup="menu"
      aria-label="More message actions"
    >
      ${icon('more')}
    </button>
    <div class="menu" id="${id}-menu" popover role="menu" aria-label="More message actions">
      ${context.shortcuts.map(({ callbackId, name }) => item('shortcut', name, callbackId))}
      ${item(pinned ? 'unpin' : 'pin', pinned ? 'Remove pin' : 'Pin to this channel')}
      ${mine ? item('edit', 'Edit message') : ''} ${mine ? item('delete', 'Delete message…') : ''}
    </div>
  </div>`;
}

function item(does: string, label: string, name = ''): Html {
  return html`<button
    type="button"
    role="menuitem"
    tabindex="-1"
    data-do="${does}"
    data-name="${name}"
  >
    ${label}
  </button>`;
}
