import { html } from 'hono/html';

import type { Html } from '#practice/slack/page/blocks/html.ts';
import { icon } from '#practice/slack/page/icons.ts';
import { href } from '#practice/slack/page/place.ts';

import type { Facts } from './facts.ts';
import { stepOf, TITLES, type Way } from './steps.ts';

/** One line that says what comes next; with an introduction as long as nothing has happened. */
export function guideHtml(facts: Facts, viewer: { name: string; title: string }): Html {
  const { at, title, hint, way } = stepOf(facts);
  return html`<section class="guide" id="guide" tabindex="-1" aria-label="Guide">
    ${
      at === 0
        ? html`<p class="welcome">
            <strong>Live through an incident, in five minutes.</strong>
            This is a practice Slack beside a small shop that takes real orders, with Handrail
            between them. You are
            <b>${viewer.name}</b>${viewer.title === '' ? '' : `, ${viewer.title.toLowerCase()}`}.
            Nothing leaves this machine.
          </p>`
        : ''
    }
    <div class="guide-step">
      <ol class="dots" aria-hidden="true">
        ${TITLES.map((_, index) => html`<li class="${index < at ? 'done' : index === at ? 'now' : ''}"></li>`)}
      </ol>
      <div class="guide-text">
        <strong>${at + 1}. ${title}</strong>
        <span>${hint}</span>
      </div>
      ${way === null ? '' : wayHtml(way)}
      <button
        type="button"
        class="tool"
        id="close-guide"
        data-do="guide"
        data-name="off"
        aria-label="Close the guide"
      >
        ${icon('close')}
      </button>
    </div>
  </section>`;
}

function wayHtml(way: Way): Html {
  switch (way.kind) {
    case 'break':
      return html`<button
        type="button"
        class="button primary"
        id="guide-way"
        data-do="fault"
        data-name="bad-build"
        data-on="true"
      >
        Deploy the bad build
      </button>`;
    case 'look':
      return html`<a
        class="button primary"
        id="guide-way"
        href="${href(way.as, way.channel, { at: way.ts, say: way.say })}"
        >${way.label}</a
      >`;
    default:
      return way satisfies never;
  }
}
