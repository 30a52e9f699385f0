/** Who looks, and at what; as the page's address says it. */
export type Place = {
  viewer: string;
  /** A channel's id, or `home` for the app's home tab. */
  channel: string | null;
  thread: string | null;
  /** Where «New» stands in the channel: what was read when the page was opened. */
  newSince: string | null;
};

export function href(viewer: string, channel?: string, thread?: string): string {
  const query = new URLSearchParams({ as: viewer });
  if (channel !== undefined) query.set('channel', channel);
  if (thread !== undefined) query.set('thread', thread);
  return `/?${query.toString()}`;
}
