import { z } from 'zod';

import type { FormValues } from '#app/use-cases.ts';

const Option = z.object({ value: z.string() });

const Element = z.discriminatedUnion('type', [
  z.object({ type: z.literal('plain_text_input'), value: z.nullish(z.string()) }),
  z.object({ type: z.literal('number_input'), value: z.nullish(z.string()) }),
  z.object({ type: z.literal('static_select'), selected_option: z.nullish(Option) }),
  z.object({ type: z.literal('multi_static_select'), selected_options: z.array(Option) }),
  z.object({ type: z.literal('users_select'), selected_user: z.nullish(z.string()) }),
  z.object({ type: z.literal('multi_users_select'), selected_users: z.array(z.string()) }),
  z.object({ type: z.literal('datetimepicker'), selected_date_time: z.nullish(z.int()) }),
  z.object({ type: z.literal('checkboxes'), selected_options: z.array(Option) }),
]);

const State = z.record(z.string(), z.record(z.string(), Element));

/** What a person filled in, by field id. A field that was left empty is absent. */
export function formValues(state: unknown): FormValues {
  const values: Record<string, FormValues[string]> = {};
  for (const [field, elements] of Object.entries(State.parse(state))) {
    const [element] = Object.values(elements);
    const value = element === undefined ? undefined : valueOf(element);
    if (value !== undefined) values[field] = value;
  }
  return values;
}

function valueOf(element: z.infer<typeof Element>): FormValues[string] | undefined {
  switch (element.type) {
    case 'plain_text_input':
      return element.value ?? undefined;
    case 'number_input':
      return (element.value ?? '') === '' ? undefined : Number(element.value);
    case 'static_select':
      return element.selected_option?.value;
    case 'multi_static_select':
      return element.selected_options.map((option) => option.value);
    case 'users_select':
      return element.selected_user ?? undefined;
    case 'multi_users_select':
      return element.selected_users;
    case 'datetimepicker':
      return element.selected_date_time == null
        ? undefined
        : new Date(element.selected_date_time * 1000).toISOString();
    case 'checkboxes':
      return element.selected_options.length > 0;
    default:
      return element satisfies never;
  }
}
