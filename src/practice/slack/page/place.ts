/** Who looks, and at what; as the page's address says it. */
export type Place = {
  viewer: string;
  /** A channel's id, or `home` and `app` for the app's two tabs. */
  channel: string | null;
  thread: string | null;
  /** Where «New» stands in the channel: what was read when the page was opened. */
  newSince: string | null;
};

/** An address on the page; with `at` it is a message to look at there, with `say` what to type. */
export function href(
  viewer: string,
  channel?: string,
  more: Partial<Record<'thread' | 'at' | 'say', string | null | undefined>> = {},
): string {
  const query = new URLSearchParams({ as: viewer });
  const parts = { channel, ...more };
  for (const [name, value] of Object.entries(parts)) {
    if (value !== undefined && value !== null) query.set(name, value);
  }
  return `/?${query.toString()}`;
}
