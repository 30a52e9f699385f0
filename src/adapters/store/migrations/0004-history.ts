import { sql, type Kysely } from 'kysely';

/**
 * What was left to be changed beside the events, for whoever has the right to change a row at all: a text
 * can only be erased, and a stream only goes forward, to the head that its last event has.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create trigger append_only before delete on event_texts
      for each row execute function refuse_change();
    create trigger append_only_as_a_whole before truncate on event_texts
      for each statement execute function refuse_change();
    create trigger append_only before delete on streams
      for each row execute function refuse_change();
    create trigger append_only_as_a_whole before truncate on streams
      for each statement execute function refuse_change();

    create trigger erased_only before update on event_texts
      for each row
      when (new.text is not null or new.salt <> '' or
            (new.stream, new.position, new.name) is distinct from (old.stream, old.position, old.name))
      execute function refuse_change();

    create function refuse_other_head() returns trigger language plpgsql as $$
    begin
      if new.version > old.version and exists (
        select from events
        where stream = new.id and position = new.version and hash = new.head
      ) then
        return new;
      end if;
      raise exception 'the record is append-only: % is not where stream % goes on', new.version, old.id
        using errcode = 'insufficient_privilege';
    end;
    $$;
    create trigger forward_only before update on streams
      for each row
      when ((new.id, new.seq, new.version, new.head)
              is distinct from (old.id, old.seq, old.version, old.head))
      execute function refuse_other_head();
  `.execute(database);
}
