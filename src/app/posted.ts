import { z } from 'zod';

import type { App } from './app.ts';
import type { Lane } from './execute.ts';

/** What stands in chat for one lane of a stream, as far as we know. */
const Posted = z.object({
  messages: z.record(
    z.string(),
    z.object({
      channel: z.string(),
      /** Null: a post was begun and its answer is not known. */
      ts: z.string().nullable(),
      digest: z.string(),
      pulse: z.string(),
      at: z.string(),
      pinned: z.boolean(),
      /** The place is closed to us; it is not tried again for a while. */
      gone: z.boolean(),
      /** How often it was shown without its picture, in a row. */
      incomplete: z.int().default(0),
      /** The slots that are told in it, in place of messages of their own. */
      tells: z.array(z.string()).readonly().default([]),
    }),
  ),
  topic: z.string(),
  /** When it was last seen whether those with a role are still there. */
  looked: z.string().default(''),
  invited: z.array(z.string()),
  /** Of the channel: title to link. */
  bookmarks: z.record(z.string(), z.string()).default({}),
});
export type Posted = z.infer<typeof Posted>;

export const nothing: Posted['messages'][string] = {
  channel: '',
  ts: null,
  digest: '',
  pulse: '',
  at: '',
  pinned: false,
  gone: false,
  incomplete: 0,
  tells: [],
};

export async function loadPosted(app: App, stream: string, lane: Lane): Promise<Posted> {
  const found = await app.store.mark(`posted:${lane}`, stream);
  return found === null
    ? { messages: {}, topic: '', looked: '', invited: [], bookmarks: {} }
    : Posted.parse(found);
}

export async function savePosted(
  app: App,
  stream: string,
  lane: Lane,
  posted: Posted,
): Promise<void> {
  await app.store.setMark({ scope: `posted:${lane}`, key: stream, value: posted });
}
