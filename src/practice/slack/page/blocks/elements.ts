import { html, raw } from 'hono/html';

import type { InteractiveElement } from '#practice/slack/blocks/element.ts';
import { optionsOf } from '#practice/slack/blocks/values.ts';
import type { JsonObject } from '#practice/slack/json.ts';
import { confirmOf } from '#practice/slack/people/sight.ts';

import { choiceList, type Choice, many, one, optionChoices, overflow } from './choices.ts';
import { emoji } from './emoji.ts';
import { dateField, textField } from './fields.ts';
import type { Html } from './html.ts';
import { plainWithEmoji } from './mrkdwn.ts';
import type { Names } from './names.ts';

/** People and channels to choose from, and what was chosen so far in the element. */
export type ElementContext = {
  names: Names;
  people: readonly { id: string; name: string }[];
  channels: readonly { id: string; name: string }[];
  state: JsonObject | undefined;
  /** What names the element for somebody who cannot see the page. */
  label: string;
  /** Unique on the page, and the same as long as the element stays. */
  id: string;
  /** Whether a form is not complete without it. */
  required: boolean;
  /** The id of what is said about it beside it, such as an error. */
  describedBy: string | null;
};

/** An element as the browser's script knows it: `data-kind`, and by `data-block` and `data-action` what it is. */
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
        class="button ${element.style ?? ''}"
        id="${context.id}"
        ${at}
        ${element.url === undefined ? '' : html`data-url="${element.url}"`}
        ${element.accessibility_label === undefined ? '' : html`aria-label="${element.accessibility_label}"`}
      >
        ${raw(plainWithEmoji(element.text.text))}
      </button>`;
    case 'icon_button':
      return html`<button
        type="button"
        class="button icon-button"
        id="${context.id}"
        ${at}
        aria-label="${element.accessibility_label ?? element.text.text}"
      >
        ${ICONS[element.icon] ?? '•'} ${element.text.text}
      </button>`;
    case 'feedback_buttons':
      return html`${(['positive', 'negative'] as const).map((side) => {
        const button = element[`${side}_button`];
        return html`<button
          type="button"
          class="button icon-button"
          id="${context.id}-${side}"
          ${at}
          value="${button.value}"
          aria-label="${button.accessibility_label ?? button.text.text}"
        >
          ${emoji(side === 'positive' ? '+1' : '-1')} ${button.text.text}
        </button>`;
      })}`;
    case 'overflow':
      return overflow(at, context, element.options);
    case 'static_select':
    case 'users_select':
    case 'conversations_select':
    case 'channels_select':
      return one(at, context, { ...offered(element, context), chosen: chosen(context.state) });
    case 'multi_static_select':
    case 'multi_users_select':
    case 'multi_conversations_select':
    case 'multi_channels_select':
      return many(at, context, {
        ...offered(element, context),
        chosen: chosen(context.state),
        most: element.max_selected_items,
      });
    case 'checkboxes':
    case 'radio_buttons':
      return choiceList(at, context, element, chosen(context.state));
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return dateField(at, context, element, valueIn(context.state));
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return textField(at, context, element, valueIn(context.state));
    default:
      return element satisfies never;
  }
}

const ICONS: Readonly<Record<string, string>> = { trash: '🗑️' };

function attributes(blockId: string, element: InteractiveElement): Html {
  const confirm = confirmOf(element);
  return html`data-block="${blockId}" data-action="${element.action_id ?? ''}"
  data-kind="${element.type}"
  ${confirm === null ? '' : html`data-confirm="${JSON.stringify(confirm)}"`}
  ${'focus_on_load' in element && element.focus_on_load === true ? raw('data-focus') : ''}`;
}

type Select = Extract<InteractiveElement, { type: `${string}_select` }>;

function offered(
  element: Select,
  { people, channels }: ElementContext,
): {
  placeholder: string;
  groups: readonly { label: string | null; choices: readonly Choice[] }[];
} {
  const placeholder = (otherwise: string) => element.placeholder?.text ?? otherwise;
  switch (element.type) {
    case 'static_select':
    case 'multi_static_select':
      return {
        placeholder: placeholder('Choose an option'),
        groups: element.option_groups?.map((group) => ({
          label: group.label.text,
          choices: optionChoices(group.options),
        })) ?? [{ label: null, choices: optionChoices(optionsOf(element)) }],
      };
    case 'users_select':
    case 'multi_users_select':
      return {
        placeholder: placeholder('Choose a person'),
        groups: [
          { label: null, choices: people.map(({ id, name }) => ({ value: id, label: name })) },
        ],
      };
    case 'channels_select':
    case 'multi_channels_select':
    case 'conversations_select':
    case 'multi_conversations_select':
      return {
        placeholder: placeholder('Choose a channel'),
        groups: [
          {
            label: null,
            choices: channels.map(({ id, name }) => ({ value: id, label: `#${name}` })),
          },
        ],
      };
    default:
      return element satisfies never;
  }
}

function valueIn(state: JsonObject | undefined): string {
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
