import { html, raw } from 'hono/html';

import type { InteractiveElement } from '#practice/slack/blocks/element.ts';

import type { ElementContext } from './elements.ts';
import type { Html } from './html.ts';

type TextElement = Extract<InteractiveElement, { type: `${string}_input` }>;
type DateElement = Extract<InteractiveElement, { type: `${string}picker` }>;

/** A line or an area to type in. What is wrong with it the workspace says, not the browser. */
export function textField(
  at: Html,
  context: ElementContext,
  element: TextElement,
  value: string,
): Html {
  const placeholder = element.placeholder?.text ?? '';
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
  const common = html`id="${context.id}" ${at} ${spoken(context)} placeholder="${placeholder}"
  data-on="${triggers.join(' ')}"`;
  if (element.type === 'plain_text_input') {
    const most = element.max_length ?? 3000;
    return element.multiline === true
      ? html`<textarea ${common} rows="4" maxlength="${most}">${`\n${value}`}</textarea>`
      : html`<input ${common} type="text" value="${value}" maxlength="${most}" />`;
  }
  if (element.type === 'number_input') {
    const mode = element.is_decimal_allowed ? 'decimal' : 'numeric';
    return html`<input ${common} type="text" inputmode="${mode}" value="${value}" />`;
  }
  const type = element.type === 'email_text_input' ? 'email' : 'url';
  return html`<input ${common} type="${type}" value="${value}" />`;
}

export function dateField(
  at: Html,
  context: ElementContext,
  element: DateElement,
  value: string,
): Html {
  const common = html`id="${context.id}" ${at} ${spoken(context)}`;
  switch (element.type) {
    case 'datepicker':
      return html`<input ${common} type="date" value="${value}" />`;
    case 'timepicker':
      return html`<input ${common} type="time" value="${value}" />`;
    case 'datetimepicker':
      return html`<input ${common} type="datetime-local" value="${localMinute(value)}" />`;
    default:
      return element satisfies never;
  }
}

/** Seconds since 1970 as the browser's field wants them, in the time zone of this machine. */
function localMinute(seconds: string): string {
  if (seconds === '') return '';
  return new Date(Number(seconds) * 1000).toLocaleString('sv-SE').slice(0, 16).replace(' ', 'T');
}

function spoken({ label, required, describedBy }: ElementContext): Html {
  return html`aria-label="${label === '' ? 'Value' : label}"
  ${required ? raw('aria-required="true"') : ''}
  ${describedBy === null ? '' : html`aria-describedby="${describedBy}"`}`;
}
