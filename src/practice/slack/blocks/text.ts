import { z } from 'zod';

/** Text that Slack shows as it is, of 1 to `max` characters. */
export function plainText(max: number) {
  return z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(max),
    emoji: z.boolean().optional(),
  });
}

export function anyText(max: number) {
  return z.discriminatedUnion('type', [
    plainText(max),
    z.strictObject({
      type: z.literal('mrkdwn'),
      text: z.string().min(1).max(max),
      verbatim: z.boolean().optional(),
    }),
  ]);
}

export const Confirm = z.strictObject({
  title: plainText(100).optional(),
  text: anyText(300),
  confirm: plainText(30).optional(),
  deny: plainText(30).optional(),
  style: z.enum(['primary', 'danger']).optional(),
});

export function option(maxValue: number) {
  return z.strictObject({
    text: anyText(75),
    value: z.string().min(1).max(maxValue),
    description: anyText(75).optional(),
    url: z.string().max(3000).optional(),
  });
}

export const Option = option(150);
export type Option = z.infer<typeof Option>;
export type Text = z.infer<ReturnType<typeof anyText>>;
