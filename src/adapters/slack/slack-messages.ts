import { z } from 'zod';

import { PortError } from '#ports/port-error.ts';

import type { Gateway } from './gateway.ts';

/** Of a message; one that is gone or not for us has no name. */
export const Files = z
  .array(
    z.object({
      name: z.string().default('file'),
      mimetype: z.string().default(''),
      permalink: z.string().default(''),
      /** Of another house's file it is an address there. */
      url_private: z.string().optional(),
      mode: z.string().default('hosted'),
    }),
  )
  .default([]);

const Messages = z.object({
  messages: z
    .array(
      z.object({
        ts: z.string(),
        text: z.string().default(''),
        user: z.string().optional(),
        files: Files,
        edited: z.object({ ts: z.string() }).optional(),
        reactions: z
          .array(z.object({ name: z.string(), users: z.array(z.string()).default([]) }))
          .default([]),
      }),
    )
    .default([]),
});

/** A message's own time, ISO: Slack's `ts` is seconds with a fraction that makes it unique. */
export function messageTime(ts: string): string {
  return new Date(Number(ts) * 1000).toISOString();
}

/** Null where Slack gives none: a link is not worth losing a note for. */
export async function permalink(
  gateway: Gateway,
  channel: string,
  ts: string,
): Promise<string | null> {
  try {
    const answer = await gateway.call('chat.getPermalink', { channel, message_ts: ts });
    return z.object({ permalink: z.string() }).parse(answer).permalink;
  } catch (error) {
    if (error instanceof PortError || error instanceof z.ZodError) return null;
    throw error;
  }
}

/** A message of a channel or of a thread in it, or null if it is gone. */
export async function readMessage(gateway: Gateway, channel: string, ts: string) {
  const only = { channel, latest: ts, oldest: ts, inclusive: true, limit: 1 };
  const inChannel = Messages.parse(await gateway.call('conversations.history', only));
  const found = inChannel.messages.find((message) => message.ts === ts);
  if (found !== undefined) return found;
  const inThread = Messages.parse(await gateway.call('conversations.replies', { ...only, ts }));
  return inThread.messages.find((message) => message.ts === ts) ?? null;
}
