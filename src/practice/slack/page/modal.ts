import { html } from 'hono/html';
import { raw } from 'hono/html';

import type { Modal } from '#practice/slack/world/modal.ts';

import { blocksHtml } from './blocks/blocks.ts';
import { domId } from './blocks/dom-id.ts';
import type { Html } from './blocks/html.ts';
import { plainWithEmoji } from './blocks/mrkdwn.ts';
import { icon } from './icons.ts';
import type { MessageContext } from './message/context.ts';

/** The modal on top of the viewer's stack; `depth` counts from 1. */
export function modalHtml(modal: Modal, depth: number, context: MessageContext): Html {
  const trouble = modal.errors[''];
  const id = domId(modal.id);
  return html`<dialog
    class="modal"
    id="${id}"
    data-view="${modal.id}"
    aria-labelledby="${id}-title"
  >
    <form method="dialog" data-submit novalidate>
      <header>
        <h2 id="${id}-title">${raw(plainWithEmoji(modal.title))}</h2>
        <button type="button" class="tool" data-do="close-all" aria-label="Close">
          ${icon('close')}
        </button>
      </header>
      <div class="modal-body">
        ${trouble === undefined ? '' : html`<div class="problem trouble" role="alert">${trouble}</div>`}
        ${blocksHtml(modal.blocks, { ...context, state: modal.state, errors: modal.errors, id })}
      </div>
      <footer>
        <button type="button" class="button" data-do="close">
          ${modal.close ?? (depth > 1 ? 'Back' : 'Cancel')}
        </button>
        ${
          modal.submit === null
            ? ''
            : html`<button type="submit" class="button primary">${modal.submit}</button>`
        }
      </footer>
    </form>
  </dialog>`;
}
