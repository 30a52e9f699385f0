import { sql, type Kysely } from 'kysely';

/** A text can only be erased after an entry of its stream says that it is. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create function refuse_unsaid_erasure() returns trigger language plpgsql as $$
    begin
      if exists (
        select from events
        where stream = new.stream and body like '%"type":"TextsRedacted"%' and
          case when body::json #>> '{event,type}' = 'TextsRedacted'
            then (body::json #> '{event,positions}')::jsonb @> to_jsonb(new.position)
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
