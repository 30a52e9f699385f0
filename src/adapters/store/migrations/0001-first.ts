import { sql, type Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table streams (
      id text primary key,
      version integer not null check (version >= 0),
      head text not null,
      open boolean not null,
      seq bigint generated always as identity
    );
    create index streams_by_age on streams (seq);

    create table events (
      seq bigint generated always as identity primary key,
      stream text not null references streams (id),
      position integer not null check (position > 0),
      recorded_at text not null,
      body text not null,
      hash text not null,
      append_id uuid not null,
      unique (stream, position)
    );
    create index events_by_append on events (append_id);

    create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception 'the record is append-only: % on % is refused', tg_op, tg_table_name
        using errcode = 'insufficient_privilege';
    end;
    $$;
    create trigger append_only before update or delete on events
      for each row execute function refuse_change();
    create trigger append_only_as_a_whole before truncate on events
      for each statement execute function refuse_change();

    create table event_texts (
      stream text not null,
      position integer not null,
      name text not null,
      salt text not null,
      text text,
      primary key (stream, position, name),
      foreign key (stream, position) references events (stream, position)
    );

    create table marks (
      scope text not null,
      key text not null,
      value text not null,
      primary key (scope, key)
    );

    create table inbox (
      key text primary key,
      kind text not null,
      body text not null,
      received_at timestamptz not null default now(),
      taken_at timestamptz not null default now(),
      tries integer not null default 1,
      done_at timestamptz
    );
    create index inbox_unfinished on inbox (received_at) where done_at is null;

    create table worker_heartbeats (
      worker text primary key,
      seen_at timestamptz not null default now()
    );

    create table job_crashes (
      job bigint primary key,
      crashes integer not null
    );

    create table jobs_set_aside (
      id bigint generated always as identity primary key,
      task text not null,
      key text,
      payload text not null,
      reason text not null,
      set_aside_at timestamptz not null default now()
    );
  `.execute(database);
}
