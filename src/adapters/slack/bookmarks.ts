import { z } from 'zod';

import type { Gateway } from './gateway.ts';
import { LIMITS } from './limits.ts';
import { plainText } from './mrkdwn.ts';

/** What gets no turn in this time comes later. */
const CALM = { rank: 'calm', withinMs: 100 } as const;

const Listed = z.object({
  bookmarks: z.array(z.object({ id: z.string(), title: z.string(), link: z.string().nullish() })),
});

/** One bookmark for a title: it is looked for before it is made, and changed where its link is another. */
export async function setBookmark(
  gateway: Gateway,
  channel: string,
  bookmark: { title: string; url: string },
): Promise<void> {
  const title = plainText(bookmark.title, LIMITS.bookmarkTitle);
  const link = bookmark.url;
  const channel_id = channel;
  const { bookmarks } = Listed.parse(await gateway.call('bookmarks.list', { channel_id }, CALM));
  const known = bookmarks.find((one) => one.title === title);
  if (known === undefined) {
    await gateway.call('bookmarks.add', { channel_id, title, type: 'link', link }, CALM);
  } else if (known.link !== link) {
    await gateway.call('bookmarks.edit', { channel_id, bookmark_id: known.id, link }, CALM);
  }
}
