/**
 * Every Web API method that we call, and how many calls a minute we allow ourselves: a little under
 * Slack's tiers, which count for each method and workspace. `perChannel` counts for each channel.
 * `repeatable`: doing it twice is the same as doing it once, so a lost answer may be asked for again.
 *
 * A method that is not here cannot be called, and the scopes in `manifest.yml` are those that these
 * need: a test holds both directions.
 */
export const METHODS = {
  'auth.test': { perMinute: 100, burst: 10, repeatable: true },
  'bookmarks.add': { perMinute: 18, burst: 5, repeatable: false },
  'bookmarks.edit': { perMinute: 18, burst: 5, repeatable: true },
  'bookmarks.list': { perMinute: 18, burst: 5, repeatable: true },
  'chat.getPermalink': { perMinute: 100, burst: 20, repeatable: true },
  'chat.postEphemeral': { perMinute: 95, burst: 20, repeatable: false },
  'chat.postMessage': { perMinute: 60, burst: 2, repeatable: false, perChannel: true },
  'chat.update': { perMinute: 45, burst: 10, reserve: 5, repeatable: true },
  'conversations.archive': { perMinute: 18, burst: 5, repeatable: true },
  'conversations.create': { perMinute: 18, burst: 5, repeatable: false },
  'conversations.history': { perMinute: 45, burst: 10, repeatable: true },
  'conversations.invite': { perMinute: 45, burst: 10, repeatable: true },
  'conversations.join': { perMinute: 45, burst: 10, repeatable: true },
  'conversations.list': { perMinute: 18, burst: 10, repeatable: true },
  'conversations.open': { perMinute: 45, burst: 10, repeatable: true },
  'conversations.replies': { perMinute: 45, burst: 10, repeatable: true },
  'conversations.setPurpose': { perMinute: 18, burst: 5, repeatable: true },
  'conversations.setTopic': { perMinute: 18, burst: 5, repeatable: true },
  'files.completeUploadExternal': { perMinute: 95, burst: 10, repeatable: false },
  'files.getUploadURLExternal': { perMinute: 95, burst: 10, repeatable: true },
  'pins.add': { perMinute: 18, burst: 5, repeatable: true },
  'usergroups.users.list': { perMinute: 18, burst: 10, repeatable: true },
  'users.info': { perMinute: 95, burst: 20, repeatable: true },
  'views.open': { perMinute: 95, burst: 20, repeatable: false },
  'views.publish': { perMinute: 95, burst: 20, repeatable: true },
} as const satisfies Record<string, MethodPace>;

export type Method = keyof typeof METHODS;

export type MethodPace = {
  perMinute: number;
  /** Calls that may go at once after a quiet time. */
  burst: number;
  /** Of these, how many are kept for urgent calls. */
  reserve?: number;
  repeatable: boolean;
  perChannel?: boolean;
};
