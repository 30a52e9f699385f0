import type { ShopAddress } from './page/shop/shop-client.ts';

export type Clock = { now(): Date };

export type PersonSeed = {
  id: string;
  /** The handle, as in `@ben`. */
  name: string;
  realName?: string;
  /** What they do here, as their profile says. */
  title?: string;
  email?: string;
  kind?: 'member' | 'guest' | 'deactivated' | 'bot';
  admin?: boolean;
};

export type UsergroupSeed = {
  id: string;
  handle: string;
  name: string;
  members: readonly string[];
};

export type ChannelSeed = {
  name: string;
  id?: string;
  private?: boolean;
  topic?: string;
  members?: readonly string[];
  /** Whether the app has been invited. */
  withApp?: boolean;
};

/** What the app's manifest declares, as far as the workspace must know it. */
export type AppSeed = {
  name?: string;
  botUserId?: string;
  /** Granted bot scopes; without it everything that any method asks for. */
  scopes?: readonly string[];
  /** Subscribed events, such as `message.channels`; without it all that the workspace can send. */
  events?: readonly string[];
  commands?: readonly {
    command: string;
    description?: string;
    usageHint?: string;
    shouldEscape?: boolean;
  }[];
  shortcuts?: readonly { type: 'message' | 'global'; callbackId: string; name: string }[];
};

export type SlackWorkspaceOptions = {
  /** A practice shop to show beside the workspace. */
  shop?: ShopAddress;
  people?: readonly PersonSeed[];
  usergroups?: readonly UsergroupSeed[];
  channels?: readonly ChannelSeed[];
  app?: AppSeed;
  /** Answers 429 beyond Slack's published limits. On unless switched off. */
  rateLimits?: boolean;
  /** Block types that this workspace does not have yet: `invalid_blocks`, as for one that nobody knows. */
  withoutBlocks?: readonly string[];
  /** How long an uploaded file can't be shown in blocks yet. */
  fileProcessingMs?: number;
  /** Where payloads go in HTTP mode; without it they go to Socket Mode connections. */
  requestUrl?: string;
  port?: number;
  /** Dates everything that is stored, and ages triggers, response URLs and rate limits. */
  clock?: Clock;
  /** How long the app has for an ack. Slack's 3 seconds. */
  ackTimeoutMs?: number;
  /** Waits before an unacknowledged event is sent again. Slack's: at once, 1 minute, 5 minutes. */
  redeliveryDelaysMs?: readonly number[];
};
