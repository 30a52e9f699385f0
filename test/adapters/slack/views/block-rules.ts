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

const Block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('section'), text: Mrkdwn(3_000) }),
  z.strictObject({ type: z.literal('context'), elements: z.array(Mrkdwn(3_000)).min(1).max(10) }),
  z.strictObject({ type: z.literal('actions'), elements: z.array(Button).min(1).max(25) }),
  z.strictObject({ type: z.literal('divider') }),
]);

const Message = z.strictObject({ text: within(4_000), blocks: z.array(Block).min(1).max(50) });

/** Throws unless Slack would take the message and nothing in it could tell or mislead anybody. */
export function isTakenBySlack(message: unknown): boolean {
  const { text, blocks } = Message.parse(message);
  const drawn = JSON.stringify(blocks);
  const texts = [...drawn.matchAll(/"text":("(?:[^"\\]|\\.)*")/g)].map(([, quoted]) =>
    String(JSON.parse(quoted ?? '""')),
  );
  expect(texts.join('').length).toBeLessThan(10_000);

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
