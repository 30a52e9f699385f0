import { describe, expect, it } from 'vitest';

import { formValues } from '#adapters/slack/form-values.ts';
import { formModal } from '#adapters/slack/views/form-modal.ts';
import type { FormField } from '#app/use-cases.ts';

const request = { act: 'declare', origin: { channel: 'C1', message: null }, title: null } as const;
const metadata = JSON.stringify(request);
const plain = { label: 'Label', hint: null, optional: false, initial: null };
const options = [
  { value: 'SEV1', label: 'SEV1: customers cannot buy' },
  { value: 'SEV2', label: 'SEV2' },
];

describe('a form as a modal', () => {
  it('carries its request, and begins with the initial values', () => {
    const modal = drawn([
      {
        ...plain,
        id: 'a',
        type: 'text',
        multiline: true,
        initial: 'x',
        minLength: 2,
        maxLength: 9_000,
      },
      { ...plain, id: 'b', type: 'number', integer: true, minimum: 1, maximum: 9, initial: 3 },
      { ...plain, id: 'c', type: 'select', options, initial: 'SEV2' },
      { ...plain, id: 'd', type: 'multiselect', options, initial: ['SEV1', 'gone'] },
      { ...plain, id: 'e', type: 'boolean', initial: true },
      { ...plain, id: 'f', type: 'people', many: false, initial: 'U0BEN' },
      { ...plain, id: 'g', type: 'people', many: true },
      { ...plain, id: 'h', type: 'time', initial: '2025-11-24T16:00:30.000Z' },
    ]);

    expect(JSON.parse(modal.private_metadata ?? '')).toEqual(request);
    expect(modal.blocks.slice(1)).toMatchObject([
      {
        block_id: 'a',
        element: { initial_value: 'x', min_length: 2, max_length: 3_000, multiline: true },
      },
      {
        block_id: 'b',
        element: { initial_value: '3', min_value: '1', max_value: '9', is_decimal_allowed: false },
      },
      { block_id: 'c', element: { initial_option: { value: 'SEV2' } } },
      { block_id: 'd', element: { initial_options: [{ value: 'SEV1' }] } },
      {
        block_id: 'e',
        optional: true,
        element: { type: 'checkboxes', initial_options: [{ value: 'true' }] },
      },
      { block_id: 'f', element: { type: 'users_select', initial_user: 'U0BEN' } },
      { block_id: 'g', element: { type: 'multi_users_select' } },
      { block_id: 'h', element: { type: 'datetimepicker', initial_date_time: 1_764_000_030 } },
    ]);
  });

  it('keeps within what Slack takes, and its text inert', () => {
    const field: FormField = {
      ...plain,
      id: 'a',
      label: 'l'.repeat(3_000),
      hint: 'h'.repeat(3_000),
      type: 'select',
      options: Array.from({ length: 500 }, (_none, at) => ({
        value: `v${at}`,
        label: 'o'.repeat(100),
      })),
    };
    const modal = formModal(
      {
        title: 't'.repeat(80),
        submit: 's'.repeat(80),
        text: '<!channel>'.repeat(900),
        fields: Array.from({ length: 300 }, () => field),
      },
      metadata,
    );

    expect(modal.title.text).toHaveLength(24);
    expect(modal.submit?.text).toHaveLength(24);
    expect(modal.blocks).toHaveLength(100);
    expect(JSON.stringify(modal)).not.toContain('<!');
    expect(JSON.stringify(modal.blocks)).not.toMatch(/o{76}|l{2001}|h{2001}|"v100"/);
  });

  it('asks for a text where there is nothing to choose from', () => {
    const modal = drawn([{ ...plain, id: 'service', type: 'select', options: [] }]);

    expect(modal.blocks[1]).toMatchObject({ element: { type: 'plain_text_input' } });
  });
});

describe('what was filled in', () => {
  it('comes back by field, with its type, and without what was left empty', () => {
    const values = formValues({
      text: { value: { type: 'plain_text_input', value: 'hello' } },
      empty: { value: { type: 'plain_text_input', value: null } },
      number: { value: { type: 'number_input', value: '3.5' } },
      noNumber: { value: { type: 'number_input', value: null } },
      one: { value: { type: 'static_select', selected_option: { value: 'SEV1', text: {} } } },
      none: { value: { type: 'static_select', selected_option: null } },
      some: {
        value: { type: 'multi_static_select', selected_options: [{ value: 'a' }, { value: 'b' }] },
      },
      person: { value: { type: 'users_select', selected_user: 'U0BEN' } },
      people: { value: { type: 'multi_users_select', selected_users: ['U0BEN', 'U0ANA'] } },
      when: { value: { type: 'datetimepicker', selected_date_time: 1_764_000_030 } },
      never: { value: { type: 'datetimepicker', selected_date_time: null } },
      yes: { value: { type: 'checkboxes', selected_options: [{ value: 'true' }] } },
      no: { value: { type: 'checkboxes', selected_options: [] } },
    });

    expect(values).toEqual({
      text: 'hello',
      number: 3.5,
      one: 'SEV1',
      some: ['a', 'b'],
      person: 'U0BEN',
      people: ['U0BEN', 'U0ANA'],
      when: '2025-11-24T16:00:30.000Z',
      yes: true,
      no: false,
    });
  });
});

function drawn(fields: readonly FormField[]) {
  return formModal(
    { title: 'Declare', submit: 'Declare', text: 'What is wrong?', fields },
    metadata,
  );
}
