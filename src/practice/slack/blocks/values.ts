import { z } from 'zod';

import type { Json, JsonObject } from '#practice/slack/json.ts';

import type { Block } from './block.ts';
import type { InteractiveElement } from './element.ts';
import { elementsOf, type PlacedElement } from './elements-of.ts';
import { Option } from './text.ts';

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

/** Whether an element keeps what was put into it; a button does not. */
export function isStateful(element: InteractiveElement): boolean {
  return SHAPES[element.type] !== undefined;
}

export function optionsOf(element: InteractiveElement): readonly Option[] {
  if ('option_groups' in element && element.option_groups !== undefined) {
    return element.option_groups.flatMap((group) => group.options);
  }
  return 'options' in element ? (element.options ?? []) : [];
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
  if (optionsOf(element).length > 0 && chosen.length !== values.length) {
    return 'This is not one of the options.';
  }
  if (values.length > 1 && SHAPES[element.type]?.many !== true) return 'Choose one only.';
  if (element.type === 'plain_text_input') return lengthProblem(element, first);
  if (element.type === 'number_input') return numberProblem(element, first);
  const wanted = FORMATS[element.type];
  return wanted === undefined || wanted.test(first) ? null : wanted.problem;
}

const FORMATS: Readonly<Record<string, { test(text: string): boolean; problem: string }>> = {
  email_text_input: {
    test: (text) => /^\S+@\S+\.\S+$/.test(text),
    problem: 'Enter an email address.',
  },
  url_text_input: { test: (text) => URL.canParse(text), problem: 'Enter a URL.' },
  datepicker: { test: (text) => /^\d{4}-\d\d-\d\d$/.test(text), problem: 'Enter a date.' },
  timepicker: { test: (text) => /^\d\d:\d\d$/.test(text), problem: 'Enter a time.' },
};

function lengthProblem(
  element: { min_length?: number | undefined; max_length?: number | undefined },
  text: string,
): string | null {
  const { min_length: least = 0, max_length: most = 3000 } = element;
  if (text.length < least) return `Please use at least ${least} characters.`;
  return text.length > most ? `Please use at most ${most} characters.` : null;
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
  if (!pattern.test(text)) {
    return element.is_decimal_allowed ? 'Enter a number.' : 'Enter a whole number.';
  }
  if (element.min_value !== undefined && Number(text) < Number(element.min_value)) {
    return `Enter a number of at least ${element.min_value}.`;
  }
  if (element.max_value !== undefined && Number(text) > Number(element.max_value)) {
    return `Enter a number of at most ${element.max_value}.`;
  }
  return null;
}

/** How an element's content is called in a payload, and how its initial content in a block. */
const SHAPES: Readonly<
  Record<string, { key: string; initial: string; holds: 'option' | 'text' | 'number'; many?: true }>
> = {
  static_select: { key: 'selected_option', initial: 'initial_option', holds: 'option' },
  radio_buttons: { key: 'selected_option', initial: 'initial_option', holds: 'option' },
  multi_static_select: {
    key: 'selected_options',
    initial: 'initial_options',
    holds: 'option',
    many: true,
  },
  checkboxes: { key: 'selected_options', initial: 'initial_options', holds: 'option', many: true },
  users_select: { key: 'selected_user', initial: 'initial_user', holds: 'text' },
  multi_users_select: {
    key: 'selected_users',
    initial: 'initial_users',
    holds: 'text',
    many: true,
  },
  conversations_select: {
    key: 'selected_conversation',
    initial: 'initial_conversation',
    holds: 'text',
  },
  multi_conversations_select: {
    key: 'selected_conversations',
    initial: 'initial_conversations',
    holds: 'text',
    many: true,
  },
  channels_select: { key: 'selected_channel', initial: 'initial_channel', holds: 'text' },
  multi_channels_select: {
    key: 'selected_channels',
    initial: 'initial_channels',
    holds: 'text',
    many: true,
  },
  datepicker: { key: 'selected_date', initial: 'initial_date', holds: 'text' },
  timepicker: { key: 'selected_time', initial: 'initial_time', holds: 'text' },
  datetimepicker: { key: 'selected_date_time', initial: 'initial_date_time', holds: 'number' },
  plain_text_input: { key: 'value', initial: 'initial_value', holds: 'text' },
  email_text_input: { key: 'value', initial: 'initial_value', holds: 'text' },
  url_text_input: { key: 'value', initial: 'initial_value', holds: 'text' },
  number_input: { key: 'value', initial: 'initial_value', holds: 'text' },
};

function stateOf(
  element: InteractiveElement,
  values: readonly string[],
  chosen: readonly Option[],
): JsonObject {
  const { type } = element;
  const shape = SHAPES[type];
  if (shape === undefined) return { type };
  const held: readonly Json[] =
    shape.holds === 'option'
      ? chosen.map(plainOption)
      : shape.holds === 'number'
        ? values.map(Number)
        : values;
  return { type, [shape.key]: shape.many === true ? held : (held[0] ?? null) };
}

function initialOf(element: InteractiveElement): JsonObject {
  const name = SHAPES[element.type]?.initial ?? '';
  const initial = new Map<string, unknown>(Object.entries(element)).get(name) ?? [];
  const held = Array.isArray(initial) ? initial : [initial];
  const chosen = z.array(Option).safeParse(held);
  return stateOf(element, held.map(String), chosen.success ? chosen.data : []);
}

function plainOption(option: Option): JsonObject {
  return { text: { type: option.text.type, text: option.text.text }, value: option.value };
}
