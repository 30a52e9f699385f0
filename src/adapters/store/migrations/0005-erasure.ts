import { sql, type Kysely } from 'kysely';

/** A text can only be erased after an entry of its stream says that it is. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create function refuse_unsaid_erasure() returns trigger language plpgsql as $$
    begin
      if exists (
        select from (
          -- PostgreSQL's JSON has no place for U+0000.
          select replace(body, '\\u0000', '\\u0020')::json -> 'event' as event from events
          where stream = new.stream and body like '%"type":"TextsRedacted"%'
        ) as said
        where case when event ->> 'type' = 'TextsRedacted'
          then (event -> 'positions')::jsonb @> to_jsonb(new.position)
          else false
        end
      ) then
        return new;
      end if;
      raise exception 'the record is append-only: no entry says that texts of entry % of % are erased',
        new.position, new.stream using errcode = 'insufficient_privilege';
    end;
    $$;
    create trigger erased_as_said before update on event_texts
      for each row execute function refuse_unsaid_erasure();
  `.execute(database);
}
