import type { Pace } from './turns.ts';

/**
 * Slack counts for each method and workspace, over a minute. Ours are a little fewer in a little longer:
 * a call comes to Slack some time after it was counted.
 */
const MINUTE = 61_000;
const TIER_2 = { calls: { now: 19, soon: 18, calm: 16 }, withinMs: MINUTE };
const TIER_3 = { calls: { now: 48, soon: 43, calm: 38 }, withinMs: MINUTE };
const TIER_4 = { calls: { now: 95, soon: 80, calm: 65 }, withinMs: MINUTE };

/** Of what stands for all, progress is spread over the minute, and most is left for questions and presses. */
const UPDATES = { calls: { now: 48, soon: 26, calm: 18 }, withinMs: MINUTE, apartMs: 2_000 };

/** One message a second in a channel, two at once; and for a workspace "several hundred a minute". */
const POSTS_IN_CHANNEL = { calls: { now: 2, soon: 2, calm: 2 }, withinMs: 2_600 };
const POSTS = { calls: { now: 240, soon: 200, calm: 150 }, withinMs: MINUTE };

/**
 * Every Web API method that we call, and how often we allow ourselves to. `inChannel` counts for each
 * channel beside. `repeatable`: doing it twice is the same as doing it once, so a lost answer may be
 * asked for again.
 *
 * A method that is not here cannot be called, and the scopes in `manifest.yml` are those that these
 * need: a test holds both directions.
 */
export const METHODS = {
  'auth.test': { pace: TIER_4, repeatable: true },
  'bookmarks.add': { pace: TIER_2, repeatable: false },
  'bookmarks.edit': { pace: TIER_2, repeatable: true },
  'bookmarks.list': { pace: TIER_3, repeatable: true },
  'chat.getPermalink': { pace: TIER_4, repeatable: true },
  'chat.postEphemeral': { pace: TIER_4, repeatable: false },
  'chat.postMessage': { pace: POSTS, inChannel: POSTS_IN_CHANNEL, repeatable: false },
  'chat.update': { pace: UPDATES, repeatable: true },
  'conversations.archive': { pace: TIER_2, repeatable: true },
  'conversations.create': { pace: TIER_2, repeatable: false },
  'conversations.history': { pace: TIER_3, repeatable: true },
  'conversations.invite': { pace: TIER_3, repeatable: true },
  'conversations.join': { pace: TIER_3, repeatable: true },
  'conversations.list': { pace: TIER_2, repeatable: true },
  'conversations.open': { pace: TIER_3, repeatable: true },
  'conversations.replies': { pace: TIER_3, repeatable: true },
  'conversations.setPurpose': { pace: TIER_2, repeatable: true },
  'conversations.setTopic': { pace: TIER_2, repeatable: true },
  'files.completeUploadExternal': { pace: TIER_4, repeatable: false },
  'files.getUploadURLExternal': { pace: TIER_4, repeatable: true },
  'pins.add': { pace: TIER_2, repeatable: true },
  'usergroups.users.list': { pace: TIER_2, repeatable: true },
  'users.info': { pace: TIER_4, repeatable: true },
  'views.open': { pace: TIER_4, repeatable: false },
  'views.publish': { pace: TIER_4, repeatable: true },
} as const satisfies Record<string, MethodFacts>;

export type Method = keyof typeof METHODS;

export type MethodFacts = { pace: Pace; inChannel?: Pace; repeatable: boolean };
