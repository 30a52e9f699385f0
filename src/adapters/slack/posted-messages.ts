import { z } from 'zod';

import type { Gateway } from './gateway.ts';

const EVENT_TYPE = 'handrail_message';
const PAGE = 200;
const MOST_PAGES = 5;

const Page = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      metadata: z
        .object({
          event_type: z.string(),
          event_payload: z.object({ key: z.string().optional() }).default({}),
        })
        .optional()
        .catch(undefined),
    }),
  ),
  response_metadata: z.object({ next_cursor: z.string().default('') }).optional(),
});

/** Slack has no idempotency key for a post, so ours travels with the message. */
export function messageMetadata(key: string) {
  return { event_type: EVENT_TYPE, event_payload: { key } };
}

/**
 * The `ts` of the message that carries `key`, or null. It looks at the newest thousand messages of a
 * channel, or of a thread: a repeat follows its first try within minutes.
 */
export async function findPosted(
  gateway: Gateway,
  channel: string,
  thread: string | undefined,
  key: string,
): Promise<string | null> {
  let cursor = '';
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const args = {
      channel,
      limit: PAGE,
      include_all_metadata: true,
      ...(cursor === '' ? {} : { cursor }),
    };
    const answer = Page.parse(
      thread === undefined
        ? await gateway.call('conversations.history', args)
        : await gateway.call('conversations.replies', { ...args, ts: thread }),
    );
    const found = answer.messages.find(
      ({ metadata }) => metadata?.event_type === EVENT_TYPE && metadata.event_payload.key === key,
    );
    if (found !== undefined) return found.ts;
    cursor = answer.response_metadata?.next_cursor ?? '';
    if (cursor === '') return null;
  }
  return null;
}
