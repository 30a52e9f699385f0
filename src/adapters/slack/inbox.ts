import type { JsonObject } from '#domain/json.ts';

export type InboxEntry = { key: string; kind: string; body: JsonObject };

/**
 * Where each payload of Slack is kept from before its acknowledgement until it is dealt with. `store`
 * resolves after the commit; `seen` means that the key was stored before, by any replica.
 */
export type Inbox = {
  store(key: string, kind: string, body: JsonObject): Promise<'new' | 'seen'>;
  done(key: string): Promise<void>;
  /** Oldest first; only those that no live replica is still at work on, and each to one caller. */
  unfinished(): Promise<readonly InboxEntry[]>;
};
