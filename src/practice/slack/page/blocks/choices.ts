import { html, raw } from 'hono/html';

import type { Option } from '#practice/slack/blocks/text.ts';

import type { ElementContext } from './elements.ts';
import type { Html } from './html.ts';
import { textHtml } from './text.ts';

export type Choice = { value: string; label: string };

type Offered = {
  placeholder: string;
  groups: readonly { label: string | null; choices: readonly Choice[] }[];
  chosen: readonly string[];
};

export function optionChoices(options: readonly Option[]): readonly Choice[] {
  return options.map((option) => ({ value: option.value, label: option.text.text }));
}

/** The browser's own menu: it can be used by everybody, on a phone too. */
export function one(
  at: Html,
  context: ElementContext,
  { placeholder, groups, chosen }: Offered,
): Html {
  return html`<span class="select">
    <select
      id="${context.id}"
      ${at}
      ${described(context)}
      aria-label="${labelOf(context, placeholder)}"
    >
      <option value="">${placeholder}</option>
      ${groups.map(({ label, choices }) => {
        const options = choices.map(
          (choice) =>
            html`<option
              value="${choice.value}"
              ${chosen.includes(choice.value) ? raw('selected') : ''}
            >
              ${choice.label}
            </option>`,
        );
        return label === null ? options : html`<optgroup label="${label}">${options}</optgroup>`;
      })}
    </select>
  </span>`;
}

/** A list to tick, behind a line that says what is chosen; long lists can be searched. */
export function many(
  at: Html,
  context: ElementContext,
  { placeholder, groups, chosen, most }: Offered & { most: number | undefined },
): Html {
  const all = groups.flatMap(({ choices }) => choices);
  const names = all.filter(({ value }) => chosen.includes(value)).map(({ label }) => label);
  const box = ({ value, label }: Choice) =>
    html`<label class="choice"
      ><input
        type="checkbox"
        value="${value}"
        data-label="${label}"
        ${chosen.includes(value) ? raw('checked') : ''}
      /><span>${label}</span></label
    >`;
  return html`<details
    class="many"
    id="${context.id}"
    ${at}
    data-most="${most ?? ''}"
    data-placeholder="${placeholder}"
  >
    <summary>
      <span class="visually-hidden">${labelOf(context, placeholder)}:</span>
      <span class="chosen">${names.length === 0 ? placeholder : names.join(', ')}</span>
    </summary>
    <div class="many-list" role="group" aria-label="${labelOf(context, placeholder)}">
      ${
        all.length > 8
          ? html`<input
              type="search"
              data-filter
              placeholder="Search"
              aria-label="Search in the list"
            />`
          : ''
      }
      ${groups.map(({ label, choices }) =>
        label === null
          ? choices.map(box)
          : html`<div role="group" aria-label="${label}">
              <div class="group-label" aria-hidden="true">${label}</div>
              ${choices.map(box)}
            </div>`,
      )}
    </div>
  </details>`;
}

export function overflow(at: Html, context: ElementContext, options: readonly Option[]): Html {
  return html`<button
      type="button"
      class="button overflow"
      id="${context.id}"
      popovertarget="${context.id}-menu"
      aria-haspopup="menu"
      aria-label="More actions"
    >
      ⋯
    </button>
    <div class="menu" id="${context.id}-menu" popover role="menu" aria-label="More actions">
      ${options.map(
        (option) =>
          html`<button
            type="button"
            role="menuitem"
            tabindex="-1"
            ${at}
            value="${option.value}"
            ${option.url === undefined ? '' : html`data-url="${option.url}"`}
          >
            ${textHtml(option.text, context.names)}
            ${option.description === undefined ? '' : html`<small>${textHtml(option.description, context.names)}</small>`}
          </button>`,
      )}
    </div>`;
}

export function choiceList(
  at: Html,
  context: ElementContext,
  element: { type: 'checkboxes' | 'radio_buttons'; options: readonly Option[] },
  selected: readonly string[],
): Html {
  const type = element.type === 'checkboxes' ? 'checkbox' : 'radio';
  return html`<fieldset class="choices" id="${context.id}" ${at} ${described(context)}>
    <legend class="visually-hidden">${labelOf(context, 'Choices')}</legend>
    ${element.options.map(
      (option) =>
        html`<label class="choice"
          ><input
            type="${type}"
            name="${context.id}"
            value="${option.value}"
            ${selected.includes(option.value) ? raw('checked') : ''}
          />
          <span
            >${textHtml(option.text, context.names)}${
              option.description === undefined
                ? ''
                : html`<small>${textHtml(option.description, context.names)}</small>`
            }</span
          ></label
        >`,
    )}
  </fieldset>`;
}

function labelOf({ label }: ElementContext, otherwise: string): string {
  return label === '' ? otherwise : label;
}

function described({ describedBy }: ElementContext): Html {
  return describedBy === null ? html`` : html`aria-describedby="${describedBy}"`;
}
