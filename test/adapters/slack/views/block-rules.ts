import { expect } from 'vitest';
import { z } from 'zod';

/** Slack's limits, written down a second time: from its documentation, not from our constants. */

const within = (max: number) => z.string().min(1).max(max);
const Mrkdwn = (max: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: within(max), verbatim: z.literal(true) });
const Plain = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: within(max), emoji: z.literal(false) });

const Button = z.strictObject({
  type: z.literal('button'),
  action_id: within(255),
  value: within(2_000),
  text: Plain(24),
  style: z.enum(['primary', 'danger']).optional(),
  confirm: z
    .strictObject({
      title: Plain(100),
      text: Plain(300),
      confirm: Plain(30),
      deny: Plain(30),
      style: z.enum(['primary', 'danger']).optional(),
    })
    .optional(),
});

const Text = z.strictObject({
  type: z.literal('text'),
  text: within(3_000),
  style: z.strictObject({ bold: z.literal(true) }).optional(),
});
const DateOf = z.strictObject({
  type: z.literal('date'),
  timestamp: z.int(),
  format: within(100),
  fallback: within(100),
});
const RichText = z.strictObject({
  type: z.literal('rich_text'),
  elements: z
    .array(
      z.strictObject({
        type: z.literal('rich_text_section'),
        elements: z.array(z.discriminatedUnion('type', [Text, DateOf])).min(1),
      }),
    )
    .length(1),
});
const Cell = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('raw_text'), text: within(2_000) }),
  RichText,
]);
const Task = z.strictObject({
  type: z.literal('task_card'),
  task_id: within(255),
  title: within(255),
  status: z.enum(['pending', 'in_progress', 'complete', 'error']),
  details: RichText.optional(),
});

const Block = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('table'),
    rows: z.array(z.array(Cell).length(3)).min(2).max(100),
    column_settings: z.array(z.strictObject({ is_wrapped: z.boolean() })).length(3),
  }),
  z.strictObject({
    type: z.literal('image'),
    slack_file: z.strictObject({ id: z.string().regex(/^F[A-Z0-9]+$/) }),
    alt_text: within(2_000),
  }),
  z.strictObject({
    type: z.literal('plan'),
    title: within(255),
    tasks: z.array(Task).min(1).max(50),
  }),
  z.strictObject({
    type: z.literal('section'),
    text: Mrkdwn(3_000),
    accessory: Button.optional(),
  }),
  z.strictObject({ type: z.literal('context'), elements: z.array(Mrkdwn(3_000)).min(1).max(10) }),
  z.strictObject({ type: z.literal('actions'), elements: z.array(Button).min(1).max(25) }),
  z.strictObject({ type: z.literal('divider') }),
]);

const Message = z.strictObject({ text: within(4_000), blocks: z.array(Block).min(1).max(50) });

/** Throws unless Slack would take the message and nothing in it could tell or mislead anybody. */
export function isTakenBySlack(message: unknown): boolean {
  const { text, blocks } = Message.parse(message);
  const drawn = JSON.stringify(blocks);
  const texts = [...drawn.matchAll(/"(?:text|title|alt_text)":("(?:[^"\\]|\\.)*")/g)].map(
    ([, quoted]) => String(JSON.parse(quoted ?? '""')),
  );
  expect(texts.join('').length).toBeLessThan(10_000);

  expect(blocks.filter(({ type }) => type === 'table').length).toBeLessThan(2);

  const actionIds = [...drawn.matchAll(/"action_id":"([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(actionIds).size).toBe(actionIds.length);

  const mrkdwn = [text, ...blocks.flatMap(mrkdwnOf)].join('\n');
  expect(mrkdwn).not.toMatch(/<!(?!date\^|subteam\^S)/);
  expect(mrkdwn).not.toContain('|ok>');
  return true;
}

const Option = z.strictObject({ text: Plain(75), value: within(150) });
const Options = z.array(Option).min(1).max(100);
const WholeNumber = z.string().regex(/^-?\d+$/);
const Decimal = z.string().regex(/^-?\d+(\.\d+)?$/);
const Element = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('plain_text_input'),
      action_id: within(255),
      multiline: z.boolean().optional(),
      min_length: z.int().min(0).max(3_000).optional(),
      max_length: z.int().min(1).max(3_000).optional(),
      initial_value: within(3_000).optional(),
    })
    .refine(({ min_length: min = 0, max_length: max = 3_000 }) => min <= max)
    .refine(({ initial_value: text = '', max_length: max = 3_000 }) => text.length <= max)
    .refine(({ initial_value: text = '' }) => text.isWellFormed()),
  z
    .strictObject({
      type: z.literal('number_input'),
      action_id: within(255),
      is_decimal_allowed: z.boolean(),
      min_value: Decimal.optional(),
      max_value: Decimal.optional(),
      initial_value: Decimal.optional(),
    })
    .refine(
      (one) =>
        one.is_decimal_allowed || WholeNumber.optional().safeParse(one.initial_value).success,
    )
    .refine(({ initial_value: value, min_value: min, max_value: max }) => {
      const number = Number(value ?? min ?? 0);
      return number >= Number(min ?? -Infinity) && number <= Number(max ?? Infinity);
    }),
  z.strictObject({
    type: z.literal('static_select'),
    action_id: within(255),
    options: Options,
    initial_option: Option.optional(),
  }),
  z.strictObject({
    type: z.literal('multi_static_select'),
    action_id: within(255),
    options: Options,
    initial_options: Options.optional(),
  }),
  z.strictObject({
    type: z.literal('checkboxes'),
    action_id: within(255),
    options: Options.max(10),
    initial_options: Options.max(10).optional(),
  }),
  z.strictObject({
    type: z.literal('users_select'),
    action_id: within(255),
    initial_user: within(30).optional(),
  }),
  z.strictObject({
    type: z.literal('multi_users_select'),
    action_id: within(255),
    initial_users: z.array(within(30)).min(1).optional(),
  }),
  z.strictObject({
    type: z.literal('datetimepicker'),
    action_id: within(255),
    initial_date_time: z.int().min(1_000_000_000).max(9_999_999_999).optional(),
  }),
]);
const Modal = z.strictObject({
  type: z.literal('modal'),
  callback_id: within(255),
  private_metadata: z.string().max(3_000),
  title: Plain(24),
  submit: Plain(24),
  close: Plain(24),
  blocks: z
    .array(
      z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('section'), text: Mrkdwn(3_000) }),
        z.strictObject({
          type: z.literal('input'),
          block_id: within(255),
          label: Plain(2_000),
          hint: Plain(2_000).optional(),
          optional: z.boolean(),
          element: Element,
        }),
      ]),
    )
    .max(100),
});

/** The same of a modal. */
export function isModalTakenBySlack(modal: unknown): boolean {
  const { blocks } = Modal.parse(modal);
  const ids = blocks.flatMap((block) => (block.type === 'input' ? [block.block_id] : []));
  expect(new Set(ids).size).toBe(ids.length);
  expect(JSON.stringify(blocks.filter(({ type }) => type === 'section'))).not.toContain('<!');
  return true;
}

function mrkdwnOf(block: z.infer<typeof Block>): string[] {
  if (block.type === 'section') return [block.text.text];
  return block.type === 'context' ? block.elements.map((element) => element.text) : [];
}
