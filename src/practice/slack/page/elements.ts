import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { z } from 'zod';

import type { Image, InteractiveElement } from '#practice/slack/blocks/element.ts';
import type { Option } from '#practice/slack/blocks/text.ts';
import { optionsOf } from '#practice/slack/blocks/values.ts';
import type { JsonObject } from '#practice/slack/json.ts';
import { confirmOf } from '#practice/slack/people/sight.ts';

import { plainWithEmoji } from './mrkdwn.ts';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** People and channels to choose from, and what was chosen so far in the element. */
export type ElementContext = {
  people: readonly { id: string; name: string }[];
  channels: readonly { id: string; name: string }[];
  state: JsonObject | undefined;
  /** What names the element for somebody who cannot see the page. */
  label: string;
};

export function elementHtml(
  blockId: string,
  element: InteractiveElement,
  context: ElementContext,
): Html {
  const at = attributes(blockId, element);
  switch (element.type) {
    case 'button':
      return html`<button
        type="button"
        class="${element.style ?? 'plain'}"
        ${at}
        title="${element.accessibility_label ?? ''}"
      >
        ${raw(plainWithEmoji(element.text.text))}
      </button>`;
    case 'icon_button':
      return html`<button type="button" class="plain" ${at}>${element.text.text}</button>`;
    case 'feedback_buttons':
      return html`${[element.positive_button, element.negative_button].map(
        (button) =>
          html`<button type="button" class="plain" ${at} value="${button.value}">
            ${button.text.text}
          </button>`,
      )}`;
    case 'overflow':
      return menu(at, 'More actions', '⋯', optionPairs(element.options), [], false);
    case 'static_select':
    case 'multi_static_select':
      return menu(
        at,
        context.label,
        element.placeholder?.text ?? 'Choose an option',
        optionPairs(optionsOf(element)),
        chosen(context.state),
        element.type.startsWith('multi_'),
      );
    case 'users_select':
    case 'multi_users_select':
      return menu(
        at,
        context.label,
        element.placeholder?.text ?? 'Choose a person',
        context.people.map(({ id, name }) => ({ value: id, label: `@${name}` })),
        chosen(context.state),
        element.type.startsWith('multi_'),
      );
    case 'channels_select':
    case 'multi_channels_select':
    case 'conversations_select':
    case 'multi_conversations_select':
      return menu(
        at,
        context.label,
        element.placeholder?.text ?? 'Choose a channel',
        context.channels.map(({ id, name }) => ({ value: id, label: `#${name}` })),
        chosen(context.state),
        element.type.startsWith('multi_'),
      );
    case 'checkboxes':
    case 'radio_buttons':
      return choiceList(at, element, blockId, chosen(context.state), context.label);
    case 'datepicker':
      return field(at, 'date', context);
    case 'timepicker':
      return field(at, 'time', context);
    case 'datetimepicker':
      return field(at, 'datetime-local', context);
    case 'plain_text_input':
      return element.multiline === true
        ? html`<textarea
            ${at}
            rows="4"
            aria-label="${context.label}"
            placeholder="${element.placeholder?.text ?? ''}"
            maxlength="${element.max_length ?? 3000}"
          >
${textOf(context.state)}</textarea>`
        : field(at, 'text', context, element.placeholder?.text, element.max_length);
    case 'email_text_input':
      return field(at, 'email', context, element.placeholder?.text);
    case 'url_text_input':
      return field(at, 'url', context, element.placeholder?.text);
    case 'number_input':
      return field(at, 'text', context, element.placeholder?.text);
    default:
      return element satisfies never;
  }
}

/** Pictures come from this workspace only; of others the page shows what they are and where. */
export function imageHtml(image: z.infer<typeof Image>): Html {
  const id = image.slack_file?.id;
  return id === undefined
    ? html`<span class="image-elsewhere">🖼 ${image.alt_text}</span>`
    : html`<img src="/files/${id}" alt="${image.alt_text}" loading="lazy" />`;
}

function attributes(blockId: string, element: InteractiveElement): Html {
  const confirm = confirmOf(element);
  return html`data-block="${blockId}" data-action="${element.action_id ?? ''}"
  data-kind="${element.type}"
  ${confirm === null ? '' : html`data-confirm="${JSON.stringify(confirm)}"`}`;
}

function menu(
  at: Html,
  label: string,
  placeholder: string,
  options: readonly { value: string; label: string }[],
  selected: readonly string[],
  many: boolean,
): Html {
  return html`<select
    ${at}
    aria-label="${label === '' ? placeholder : label}"
    ${many ? raw('multiple') : ''}
  >
    ${many ? '' : html`<option value="">${placeholder}</option>`}
    ${options.map(
      (option) =>
        html`<option
          value="${option.value}"
          ${selected.includes(option.value) ? raw('selected') : ''}
        >
          ${option.label}
        </option>`,
    )}
  </select>`;
}

function choiceList(
  at: Html,
  element: {
    type: 'checkboxes' | 'radio_buttons';
    options: readonly Option[];
    action_id?: string | undefined;
  },
  blockId: string,
  selected: readonly string[],
  label: string,
): Html {
  const type = element.type === 'checkboxes' ? 'checkbox' : 'radio';
  return html`<fieldset class="choices" ${at}>
    <legend class="visually-hidden">${label}</legend>
    ${element.options.map(
      (option) =>
        html`<label
          ><input
            type="${type}"
            name="${blockId} ${element.action_id ?? ''}"
            value="${option.value}"
            ${selected.includes(option.value) ? raw('checked') : ''}
          />
          <span
            >${option.text.text}${option.description === undefined ? '' : html`<small>${option.description.text}</small>`}</span
          ></label
        >`,
    )}
  </fieldset>`;
}

function field(
  at: Html,
  type: string,
  context: ElementContext,
  placeholder = '',
  most = 3000,
): Html {
  return html`<input
    ${at}
    type="${type}"
    value="${textOf(context.state)}"
    aria-label="${context.label}"
    placeholder="${placeholder}"
    maxlength="${most}"
  />`;
}

function optionPairs(options: readonly Option[]): readonly { value: string; label: string }[] {
  return options.map((option) => ({ value: option.value, label: option.text.text }));
}

function textOf(state: JsonObject | undefined): string {
  return chosen(state)[0] ?? '';
}

/** The values an element holds, whatever their name in the payload is. */
function chosen(state: JsonObject | undefined): readonly string[] {
  const held = Object.entries(state ?? {}).find(([key]) => key !== 'type')?.[1] ?? [];
  const list: readonly unknown[] = Array.isArray(held) ? held : [held];
  return list.map((item) =>
    typeof item === 'object' && item !== null && 'value' in item
      ? String(item.value)
      : String(item),
  );
}
