import type { Block } from '#practice/slack/blocks/block.ts';
import type { JsonObject } from '#practice/slack/json.ts';
import type {
  AppSeed,
  Clock,
  SlackWorkspaceOptions,
  UsergroupSeed,
} from '#practice/slack/options.ts';

import { createFeed, type Feed } from './feed.ts';
import { createTimestamps, newId } from './ids.ts';
import type { Modal } from './modal.ts';

export type Person = {
  id: string;
  name: string;
  realName: string;
  title: string;
  email: string;
  kind: 'member' | 'guest' | 'deactivated' | 'bot';
  admin: boolean;
};

export type Channel = {
  id: string;
  kind: 'public' | 'private' | 'im';
  name: string;
  topic: string;
  purpose: string;
  creator: string;
  created: number;
  archived: boolean;
  members: Set<string>;
  /** Oldest first; the messages that only one person sees are among them. */
  messages: Message[];
  pins: { ts: string; by: string }[];
  bookmarks: Bookmark[];
};

export type Bookmark = { id: string; title: string; link: string; emoji: string; created: number };

export type UploadedFile = {
  id: string;
  name: string;
  title: string;
  type: string;
  size: number;
  bytes: Uint8Array<ArrayBuffer>;
  /** Epoch milliseconds from which blocks may show it. */
  readyAt: number;
};

/** A message as it stands. A change replaces the whole value, so that an old one stays readable. */
export type Message = {
  readonly ts: string;
  readonly channel: string;
  readonly author: string;
  readonly byApp: boolean;
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly threadTs: string | null;
  readonly broadcast: boolean;
  readonly metadata: JsonObject | null;
  readonly editedTs: string | null;
  /** Where it was not the author. */
  readonly editedBy?: string;
  readonly reactions: readonly { name: string; users: readonly string[] }[];
  readonly files: readonly UploadedFile[];
  /** Set for an ephemeral message: the one person who sees it. */
  readonly onlyFor: string | null;
  readonly subtype: 'channel_join' | 'channel_topic' | 'channel_name' | 'channel_archive' | null;
};

export type HomeView = {
  id: string;
  hash: string;
  callbackId: string;
  privateMetadata: string;
  blocks: readonly Block[];
};

/** Everything that Slack would keep: one workspace with one app installed. */
export type World = {
  readonly teamId: string;
  readonly teamName: string;
  /** Where this workspace answers; empty until it listens. */
  origin: string;
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly app: AppSeed;
  readonly clock: Clock;
  readonly feed: Feed;
  readonly people: Map<string, Person>;
  usergroups: readonly UsergroupSeed[];
  readonly channels: Map<string, Channel>;
  readonly modals: Map<string, Modal[]>;
  readonly homes: Map<string, HomeView>;
  readonly files: Map<string, UploadedFile>;
  /** How long it takes until an uploaded file may be shown. */
  readonly fileProcessingMs: number;
  readonly withoutBlocks: ReadonlySet<string>;
  /** Choices made in a message's menus, by person and message, as `state.values` reports them. */
  readonly choices: Map<string, Record<string, Record<string, JsonObject>>>;
  /** How far each person has read, by person and channel: the newest message's timestamp. */
  readonly readUpTo: Map<string, string>;
  nextTs(): string;
};

/** An empty workspace: only `seedWorld` puts people and channels into it. */
export function createWorld(options: SlackWorkspaceOptions): World {
  const clock = options.clock ?? { now: () => new Date() };
  return {
    origin: '',
    teamId: 'T0PRACTICE',
    teamName: 'Practice',
    appId: 'A0HANDRAIL',
    botId: 'B0HANDRAIL',
    botUserId: options.app?.botUserId ?? 'U0HANDRAIL',
    app: options.app ?? {},
    clock,
    feed: createFeed(),
    people: new Map(),
    usergroups: options.usergroups ?? [],
    channels: new Map(),
    modals: new Map(),
    homes: new Map(),
    files: new Map(),
    fileProcessingMs: options.fileProcessingMs ?? 500,
    withoutBlocks: new Set(options.withoutBlocks),
    choices: new Map(),
    readUpTo: new Map(),
    nextTs: createTimestamps(() => clock.now()),
  };
}

export function unixSeconds(world: World): number {
  return Math.floor(world.clock.now().getTime() / 1000);
}

export function emptyChannel(
  world: World,
  channel: Pick<Channel, 'kind' | 'name' | 'creator'> & { id?: string },
): Channel {
  return {
    id: channel.id ?? newId(channel.kind === 'im' ? 'D' : 'C'),
    kind: channel.kind,
    name: channel.name,
    topic: '',
    purpose: '',
    creator: channel.creator,
    created: unixSeconds(world),
    archived: false,
    members: new Set(),
    messages: [],
    pins: [],
    bookmarks: [],
  };
}
