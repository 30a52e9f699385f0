import { html } from 'hono/html';

import type { State } from '#practice/slack/blocks/values.ts';
import type { SeenModal } from '#practice/slack/people/sight.ts';

import { type BlockContext, blocksHtml } from './blocks.ts';
import type { Html } from './elements.ts';

/** The modal on top. Its `data-key` changes when there is something new to show. */
export function modalHtml(
  modal: SeenModal | null,
  key: string,
  state: State,
  context: Omit<BlockContext, 'state' | 'errors'>,
): Html {
  if (modal === null) return html`<div id="modal" data-live data-key=""></div>`;
  const trouble = modal.errors[''];
  return html`<div id="modal" data-live data-key="${key}">
    <dialog class="modal" data-view="${modal.id}" aria-labelledby="modal-title">
      <form method="dialog" data-submit novalidate>
        <header>
          <h2 id="modal-title">${modal.title}</h2>
          <button type="button" class="icon" data-close aria-label="Close">✕</button>
        </header>
        <div class="modal-body">
          ${trouble === undefined ? '' : html`<div class="problem" role="alert">${trouble}</div>`}
          ${blocksHtml(modal.blocks, { ...context, state, errors: modal.errors })}
        </div>
        <footer>
          <button type="button" class="plain" data-close>
            ${modal.close ?? (modal.depth > 1 ? 'Back' : 'Close')}
          </button>
          ${modal.submit === null ? '' : html`<button type="submit" class="primary">${modal.submit}</button>`}
        </footer>
      </form>
    </dialog>
  </div>`;
}
