import type { UsergroupSeed } from '#practice/slack/options.ts';

import type { Channel, Message, Person } from './world.ts';

/** Something that became different in the workspace. People's browsers and the app hear of it here. */
export type Change =
  | { type: 'message-posted'; channel: Channel; message: Message }
  | { type: 'message-changed'; channel: Channel; message: Message; previous: Message }
  | { type: 'message-deleted'; channel: Channel; previous: Message }
  | { type: 'reaction-added'; channel: Channel; message: Message; name: string; user: string }
  | { type: 'reaction-removed'; channel: Channel; message: Message; name: string; user: string }
  | { type: 'member-joined'; channel: Channel; user: string; inviter: string | null }
  | { type: 'member-left'; channel: Channel; user: string }
  | { type: 'channel-changed'; channel: Channel }
  | { type: 'usergroup-changed'; usergroup: UsergroupSeed; previous: UsergroupSeed }
  | { type: 'person-changed'; person: Person }
  | { type: 'home-opened'; user: string }
  | { type: 'surface-changed'; user: string };

export type NumberedChange = { id: number; change: Change };

/** Changes kept for readers that come back after a broken connection. */
const KEPT = 2_000;

export type Feed = {
  publish(change: Change): void;
  subscribe(listener: (numbered: NumberedChange) => void): () => void;
  /** Everything after `id`, or null when that is longer ago than the feed remembers. */
  since(id: number): readonly NumberedChange[] | null;
  lastId(): number;
};

export function createFeed(): Feed {
  const listeners = new Set<(numbered: NumberedChange) => void>();
  const kept: NumberedChange[] = [];
  let lastId = 0;

  return {
    publish(change) {
      lastId += 1;
      const numbered = { id: lastId, change };
      kept.push(numbered);
      if (kept.length > KEPT) kept.shift();
      for (const listener of listeners) listener(numbered);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    since(id) {
      const oldest = kept[0]?.id ?? lastId + 1;
      if (id > lastId || id < oldest - 1) return null;
      return kept.filter((numbered) => numbered.id > id);
    },
    lastId: () => lastId,
  };
}
