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

function mrkdwnOf(block: z.infer<typeof Block>): string[] {
  if (block.type === 'section') return [block.text.text];
  return block.type === 'context' ? block.elements.map((element) => element.text) : [];
}
