import { z } from 'zod';

const Value = z.union([z.string(), z.array(z.string()), z.null()]);
const place = { blockId: z.string(), actionId: z.string() };
const filled = z.array(z.strictObject({ ...place, value: Value }));
const message = { channel: z.string(), ts: z.string() };

/** Something that one person does in Slack. Channels by id. */
export const Act = z.discriminatedUnion('act', [
  z.strictObject({
    act: z.literal('type'),
    channel: z.string(),
    text: z.string().min(1).max(12_000),
    thread: z.string().nullish(),
  }),
  z.strictObject({
    act: z.literal('press'),
    ...place,
    channel: z.string().nullish(),
    ts: z.string().nullish(),
    view: z.string().nullish(),
    value: Value.optional(),
    /** In a modal: what its fields hold at that moment. */
    values: filled.optional(),
  }),
  z.strictObject({
    act: z.literal('submit'),
    view: z.string(),
    values: filled,
  }),
  z.strictObject({ act: z.literal('close'), view: z.string(), all: z.boolean().optional() }),
  z.strictObject({ act: z.enum(['react', 'unreact']), ...message, name: z.string() }),
  z.strictObject({ act: z.enum(['pin', 'unpin']), ...message }),
  /** Everything in the channel up to this message was seen. */
  z.strictObject({ act: z.literal('read'), ...message }),
  /** Takes away a message that only this person sees. */
  z.strictObject({ act: z.literal('dismiss'), ...message }),
  z.strictObject({
    act: z.literal('shortcut'),
    callbackId: z.string(),
    channel: z.string().nullish(),
    ts: z.string().nullish(),
  }),
  z.strictObject({
    act: z.literal('upload'),
    channel: z.string(),
    name: z.string().min(1),
    /** The bytes, in base64. */
    data: z.base64(),
    text: z.string().max(12_000),
  }),
  z.strictObject({ act: z.literal('home') }),
  z.strictObject({ act: z.literal('join'), channel: z.string() }),
  z.strictObject({ act: z.literal('message-app') }),
  z.strictObject({ act: z.literal('edit'), ...message, text: z.string().min(1).max(12_000) }),
  z.strictObject({ act: z.literal('delete'), ...message }),
]);
export type Act = z.infer<typeof Act>;

/**
 * What the person learns at once. `ackMs` is how long the app took to acknowledge, where the act
 * went to the app; `problems` are said beside the fields of a form.
 */
export type ActResult =
  | { ok: true; ackMs: number | null; channel?: string; ts?: string }
  | { ok: false; error: string; message: string; problems?: Readonly<Record<string, string>> };
