import type { ColumnType, Generated } from 'kysely';

import type { Json } from '#domain/json.ts';

/** The tables, as the newest migration leaves them. */
export type Schema = {
  streams: {
    id: string;
    position: number;
    head: string;
    open: boolean;
    created: Generated<Date>;
  };
  events: {
    seq: Generated<string>;
    stream: string;
    position: number;
    recorded_at: ColumnType<Date, string, never>;
    /** The very bytes that are hashed. */
    body: string;
    hash: string;
  };
  event_texts: {
    stream: string;
    position: number;
    name: string;
    salt: string;
    text: string | null;
  };
  marks: { scope: string; key: string; value: ColumnType<unknown, string, string> };
  inbox: {
    key: string;
    kind: string;
    body: ColumnType<Json, string, string>;
    received: Generated<Date>;
    done: Date | null;
    taken: Generated<Date>;
    tries: Generated<number>;
  };
  workers: { pool: string; workers: string[]; seen: Generated<Date> };
};
