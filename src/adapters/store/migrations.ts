import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Every change of the schema, in order. A released one is never edited; the next one follows it. */
export const migrations: Record<string, Migration> = {
  '001-record': {
    async up(db: Kysely<unknown>) {
      await sql`
        create table streams (
          id text primary key,
          position integer not null,
          head text not null,
          open boolean not null,
          created timestamptz not null default now()
        );
        create index streams_newest on streams (created desc);

        create table events (
          seq bigint generated always as identity primary key,
          stream text not null references streams (id),
          position integer not null,
          recorded_at timestamptz not null,
          body text not null,
          hash text not null,
          unique (stream, position)
        );

        create table event_texts (
          stream text not null,
          position integer not null,
          name text not null,
          salt text not null,
          text text,
          primary key (stream, position, name),
          foreign key (stream, position) references events (stream, position)
        );

        create function refuse_change() returns trigger language plpgsql as $$
        begin
          raise exception 'the record is append-only';
        end $$;
        create trigger events_are_kept before update or delete or truncate on events
          for each statement execute function refuse_change();
        create trigger texts_are_kept before delete or truncate on event_texts
          for each statement execute function refuse_change();

        create table marks (
          scope text not null,
          key text not null,
          value jsonb not null,
          primary key (scope, key)
        );

        create table inbox (
          key text primary key,
          kind text not null,
          body jsonb not null,
          received timestamptz not null default now(),
          done timestamptz
        );
        create index inbox_unfinished on inbox (received) where done is null;

        create table workers (
          pool text primary key,
          workers text[] not null,
          seen timestamptz not null default now()
        );
      `.execute(db);
    },
  },
  '002-inbox-taken': {
    async up(db: Kysely<unknown>) {
      await sql`
        alter table inbox
          add column taken timestamptz not null default now(),
          add column tries integer not null default 1;
      `.execute(db);
    },
  },
};
