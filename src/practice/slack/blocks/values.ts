import type { JsonObject } from '#practice/slack/json.ts';

import type { Block } from './block.ts';
import type { InteractiveElement } from './element.ts';
import { elementsOf, type PlacedElement } from './elements-of.ts';
import type { Option } from './text.ts';

/** What a person puts into an element: a text, an option's value, an id, a date; several; or nothing. */
export type Value = string | readonly string[] | null;

export type State = Record<string, Record<string, JsonObject>>;

export type ReadValue = { ok: true; state: JsonObject } | { ok: false; problem: string };

/** `state.values` before anybody touched anything: initial values, and null where there is none. */
export function initialState(blocks: readonly Block[]): State {
  const state: State = {};
  for (const { blockId, actionId, element } of elementsOf(blocks)) {
    if (!isStateful(element)) continue;
    (state[blockId] ??= {})[actionId] = initialOf(element);
  }
  return state;
}

export function isStateful(element: InteractiveElement): boolean {
  return !['button', 'overflow', 'icon_button', 'feedback_buttons', 'workflow_button'].includes(
    element.type,
  );
}

export function optionsOf(element: InteractiveElement): readonly Option[] {
  switch (element.type) {
    case 'static_select':
    case 'multi_static_select':
      return element.options ?? element.option_groups?.flatMap((group) => group.options) ?? [];
    case 'checkboxes':
    case 'radio_buttons':
    case 'overflow':
      return element.options;
    default:
      return [];
  }
}

/** A person's value in the words of a payload, or what a person would be told is wrong with it. */
export function readValue(placed: PlacedElement, value: Value): ReadValue {
  const { element, block } = placed;
  const required = block.type === 'input' && block.optional !== true;
  const values = value === null || value === '' ? [] : typeof value === 'string' ? [value] : value;
  if (values.length === 0) {
    return required
      ? { ok: false, problem: 'Please complete this required field.' }
      : { ok: true, state: stateOf(element, [], []) };
  }
  const options = optionsOf(element);
  const chosen = values.flatMap((one) => options.filter((option) => option.value === one));
  const problem = problemWith(element, values, chosen);
  return problem === null
    ? { ok: true, state: stateOf(element, values, chosen) }
    : { ok: false, problem };
}

function problemWith(
  element: InteractiveElement,
  values: readonly string[],
  chosen: readonly Option[],
): string | null {
  const [first = ''] = values;
  if (optionsOf(element).length > 0 && chosen.length !== values.length)
    return 'This is not one of the options.';
  if (values.length > 1 && !element.type.startsWith('multi_') && element.type !== 'checkboxes') {
    return 'Choose one only.';
  }
  switch (element.type) {
    case 'plain_text_input':
      if (first.length < (element.min_length ?? 0)) {
        return `Please use at least ${element.min_length ?? 0} characters.`;
      }
      if (first.length > (element.max_length ?? 3000)) {
        return `Please use at most ${element.max_length ?? 3000} characters.`;
      }
      return null;
    case 'email_text_input':
      return /^\S+@\S+\.\S+$/.test(first) ? null : 'Enter an email address.';
    case 'url_text_input':
      return URL.canParse(first) ? null : 'Enter a URL.';
    case 'number_input':
      return numberProblem(element, first);
    case 'datepicker':
      return /^\d{4}-\d\d-\d\d$/.test(first) ? null : 'Enter a date.';
    case 'timepicker':
      return /^\d\d:\d\d$/.test(first) ? null : 'Enter a time.';
    default:
      return null;
  }
}

function numberProblem(
  element: {
    is_decimal_allowed: boolean;
    min_value?: string | undefined;
    max_value?: string | undefined;
  },
  text: string,
): string | null {
  const pattern = element.is_decimal_allowed ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
  if (!pattern.test(text))
    return element.is_decimal_allowed ? 'Enter a number.' : 'Enter a whole number.';
  if (element.min_value !== undefined && Number(text) < Number(element.min_value)) {
    return `Enter a number of at least ${element.min_value}.`;
  }
  if (element.max_value !== undefined && Number(text) > Number(element.max_value)) {
    return `Enter a number of at most ${element.max_value}.`;
  }
  return null;
}

function stateOf(
  element: InteractiveElement,
  values: readonly string[],
  chosen: readonly Option[],
): JsonObject {
  const type = element.type;
  const first = values[0] ?? null;
  const option: JsonObject | null = chosen[0] === undefined ? null : plainOption(chosen[0]);
  switch (type) {
    case 'static_select':
    case 'radio_buttons':
    case 'overflow':
      return { type, selected_option: option };
    case 'multi_static_select':
    case 'checkboxes':
      return { type, selected_options: chosen.map(plainOption) };
    case 'users_select':
      return { type, selected_user: first };
    case 'multi_users_select':
      return { type, selected_users: values };
    case 'conversations_select':
      return { type, selected_conversation: first };
    case 'multi_conversations_select':
      return { type, selected_conversations: values };
    case 'channels_select':
      return { type, selected_channel: first };
    case 'multi_channels_select':
      return { type, selected_channels: values };
    case 'datepicker':
      return { type, selected_date: first };
    case 'timepicker':
      return { type, selected_time: first };
    case 'datetimepicker':
      return { type, selected_date_time: first === null ? null : Number(first) };
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return { type, value: first };
    case 'button':
    case 'icon_button':
    case 'feedback_buttons':
      return { type };
    default:
      return element satisfies never;
  }
}

function initialOf(element: InteractiveElement): JsonObject {
  switch (element.type) {
    case 'static_select':
    case 'radio_buttons':
      return stateOf(
        element,
        [],
        element.initial_option === undefined ? [] : [element.initial_option],
      );
    case 'multi_static_select':
    case 'checkboxes':
      return stateOf(element, [], element.initial_options ?? []);
    case 'users_select':
      return stateOf(element, present(element.initial_user), []);
    case 'multi_users_select':
      return stateOf(element, element.initial_users ?? [], []);
    case 'conversations_select':
      return stateOf(element, present(element.initial_conversation), []);
    case 'multi_conversations_select':
      return stateOf(element, element.initial_conversations ?? [], []);
    case 'channels_select':
      return stateOf(element, present(element.initial_channel), []);
    case 'multi_channels_select':
      return stateOf(element, element.initial_channels ?? [], []);
    case 'datepicker':
      return stateOf(element, present(element.initial_date), []);
    case 'timepicker':
      return stateOf(element, present(element.initial_time), []);
    case 'datetimepicker':
      return stateOf(element, present(element.initial_date_time?.toString()), []);
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return stateOf(element, present(element.initial_value), []);
    default:
      return { type: element.type };
  }
}

function present(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value];
}

function plainOption(option: Option): JsonObject {
  return { text: { type: option.text.type, text: option.text.text }, value: option.value };
}
