import type { Rejection } from '#domain/rejection.ts';

import type { Executed } from './execute.ts';
import type { Form, FormField, FormView, Refused, Reply } from './use-cases.ts';

export function refused(code: string, message: string): Refused {
  return { kind: 'refused', code, message };
}

export function done(
  text: string | null = null,
  facts: Omit<Extract<Reply, { kind: 'done' }>, 'kind' | 'text'> = {},
): Reply {
  return { kind: 'done', text, ...facts };
}

/** What became of the command, for the person who gave it. */
export function replyOf(executed: Executed, text: string | null = null): Reply {
  if (executed.kind === 'rejected') return rejectedReply(executed.rejection);
  return done(text);
}

export function rejectedReply({ code, message }: Rejection): Refused {
  return refused(code, message);
}

export function form(
  view: Partial<FormView> & { title: string; fields: readonly FormField[] },
): Form {
  return { kind: 'form', form: { submit: 'Send', text: null, ...view } };
}

/** What a field is called that has no title: `give_up` is `Give up`. */
export function labelOf(id: string): string {
  return `${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll('_', ' ')}`;
}

export function textField(
  id: string,
  label: string,
  more: { multiline?: boolean; optional?: boolean; hint?: string; initial?: string } = {},
): FormField {
  return {
    id,
    label,
    type: 'text',
    multiline: more.multiline ?? false,
    maxLength: 2_000,
    optional: more.optional ?? false,
    hint: more.hint ?? null,
    initial: more.initial ?? null,
  };
}

export function selectField(
  id: string,
  label: string,
  options: readonly { value: string; label: string }[],
  more: { optional?: boolean; initial?: string | null } = {},
): FormField {
  return {
    id,
    label,
    type: 'select',
    options,
    optional: more.optional ?? false,
    hint: null,
    initial: more.initial ?? null,
  };
}

export function booleanField(id: string, label: string, hint: string): FormField {
  return { id, label, type: 'boolean', optional: true, hint, initial: false };
}

export function peopleField(
  id: string,
  label: string,
  more: { many?: boolean; optional?: boolean; hint?: string; initial?: string } = {},
): FormField {
  return {
    id,
    label,
    type: 'people',
    many: more.many ?? false,
    optional: more.optional ?? false,
    hint: more.hint ?? null,
    initial: more.initial ?? null,
  };
}

export function timeField(id: string, label: string, initial: string | null): FormField {
  return { id, label, type: 'time', optional: true, hint: null, initial };
}

export function multiselectField(
  id: string,
  label: string,
  options: readonly { value: string; label: string }[],
): FormField {
  return { id, label, type: 'multiselect', options, optional: true, hint: null, initial: null };
}
