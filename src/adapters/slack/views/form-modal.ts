import type { types } from '@slack/bolt';

import { LIMITS } from '#adapters/slack/limits.ts';
import { mention, mrkdwn, plainText } from '#adapters/slack/mrkdwn.ts';
import type { FormField, FormView } from '#app/use-cases.ts';

import { plainElement, section } from './blocks.ts';

export const FORM_CALLBACK = 'form';

const VALUE = 'value';
const CHECKED = 'true';

/** A form of the core as a modal; `metadata`, the request that it belongs to, comes back with its values. */
export function formModal(form: FormView, metadata: string): types.ModalView {
  return {
    type: 'modal',
    callback_id: FORM_CALLBACK,
    private_metadata: metadata,
    title: plainElement(form.title, LIMITS.modalTitle),
    submit: plainElement(form.submit, LIMITS.modalButton),
    close: plainElement('Cancel', LIMITS.modalButton),
    blocks: [
      ...(form.text === null ? [] : [section(mrkdwn(form.text, LIMITS.section))]),
      ...form.fields.slice(0, LIMITS.modalBlocks - 1).map(input),
    ],
  };
}

function input(field: FormField): types.InputBlock {
  return {
    type: 'input',
    block_id: field.id,
    label: plainElement(field.label, 200),
    optional: field.optional || field.type === 'boolean',
    ...(field.hint === null ? {} : { hint: plainElement(field.hint, 500) }),
    element: element(field),
  };
}

function element(field: FormField): types.InputBlock['element'] {
  switch (field.type) {
    case 'text':
      return textInput(field);
    case 'number':
      return numberInput(field);
    case 'select': {
      const all = options(field.options);
      if (all.length === 0) return anyText();
      const initial = all.find((option) => option.value === field.initial);
      return {
        type: 'static_select',
        action_id: VALUE,
        options: all,
        ...(initial === undefined ? {} : { initial_option: initial }),
      };
    }
    case 'multiselect': {
      const all = options(field.options);
      if (all.length === 0) return anyText();
      const chosen: readonly unknown[] = Array.isArray(field.initial) ? field.initial : [];
      const initial = all.filter((option) => chosen.includes(option.value));
      return {
        type: 'multi_static_select',
        action_id: VALUE,
        options: all,
        ...(initial.length === 0 ? {} : { initial_options: initial }),
      };
    }
    case 'boolean': {
      const yes = { text: plainElement('Yes', LIMITS.optionText), value: CHECKED };
      return {
        type: 'checkboxes',
        action_id: VALUE,
        options: [yes],
        ...(field.initial === true ? { initial_options: [yes] } : {}),
      };
    }
    case 'people':
      return peopleInput(field);
    case 'time': {
      const ms = typeof field.initial === 'string' ? Date.parse(field.initial) : Number.NaN;
      return {
        type: 'datetimepicker',
        action_id: VALUE,
        // Slack takes ten digits.
        ...(ms >= 1e12 && ms < 1e13 ? { initial_date_time: Math.floor(ms / 1000) } : {}),
      };
    }
    default:
      return field satisfies never;
  }
}

function peopleInput(
  field: FormField & { type: 'people' },
): types.UsersSelect | types.MultiUsersSelect {
  const initial =
    typeof field.initial === 'string' && mention(field.initial) !== null ? field.initial : null;
  if (field.many) {
    return {
      type: 'multi_users_select',
      action_id: VALUE,
      ...(initial === null ? {} : { initial_users: [initial] }),
    };
  }
  return {
    type: 'users_select',
    action_id: VALUE,
    ...(initial === null ? {} : { initial_user: initial }),
  };
}

function textInput(field: FormField & { type: 'text' }): types.PlainTextInput {
  const max = Math.max(1, Math.min(field.maxLength ?? LIMITS.inputText, LIMITS.inputText));
  const initial = typeof field.initial === 'string' ? plainText(field.initial, max) : '';
  return {
    type: 'plain_text_input',
    action_id: VALUE,
    multiline: field.multiline,
    max_length: max,
    ...(field.minLength === undefined ? {} : { min_length: Math.min(field.minLength, max) }),
    ...(initial === '' ? {} : { initial_value: initial }),
  };
}

function numberInput(field: FormField & { type: 'number' }): types.NumberInput {
  const initial = possible(field);
  return {
    type: 'number_input',
    action_id: VALUE,
    is_decimal_allowed: !field.integer,
    ...(field.minimum === undefined ? {} : { min_value: String(field.minimum) }),
    ...(field.maximum === undefined ? {} : { max_value: String(field.maximum) }),
    ...(initial === null ? {} : { initial_value: initial }),
  };
}

/** Slack opens no form whose number is none that could be typed there. */
function possible({ initial, integer, ...limits }: FormField & { type: 'number' }): string | null {
  const { minimum = -Infinity, maximum = Infinity } = limits;
  if (typeof initial !== 'number' || initial < minimum || initial > maximum) return null;
  const text = String(initial);
  return (integer ? /^-?\d+$/ : /^-?\d+(\.\d+)?$/).test(text) ? text : null;
}

/** Slack refuses a select without options: without any on offer a person can still say one. */
function anyText(): types.PlainTextInput {
  return { type: 'plain_text_input', action_id: VALUE };
}

function options(given: readonly { value: string; label: string }[]): types.PlainTextOption[] {
  return given
    .filter(({ value }) => value !== '' && value.length <= LIMITS.optionValue)
    .slice(0, LIMITS.options)
    .map(({ value, label }) => ({
      text: plainElement(label === '' ? value : label, LIMITS.optionText),
      value,
    }));
}
