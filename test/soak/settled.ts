import { sql } from 'kysely';

import type { StreamEvent } from '#domain/stream/stream.ts';
import type { World } from '#test/support/world.ts';

/**
 * What has not come to its end: runs, incidents, jobs that are due, and payloads; and of an incident what
 * it heard last, and which jobs wait. Empty in the end.
 */
export async function unsettled(world: World): Promise<string[]> {
  const ids = await world.store.streams({ prefix: 'inc-', limit: 1_000 });
  const loaded = await Promise.all(ids.map((id) => world.record(id)));
  const { rows } = await sql<{ what: string }>`
    select 'the job ' || task_identifier || ' ' || coalesce(key, '') as what
      from graphile_worker.jobs
     where run_at < now() - interval '1 second' and (attempts < max_attempts or locked_at is not null)
    union all
    select 'the payload ' || key from inbox where done_at is null
  `.execute(world.db);
  return [
    ...loaded.flatMap(({ stream: { id, incident, runs }, events }) => {
      const open = Object.values(runs).filter(({ end }) => end === null);
      if (incident?.status === 'resolved' && open.length === 0) return [];
      if (open.length === 0 && isAgain(events)) return [];
      const heard = events
        .slice(-5)
        .map(({ event }) => `${nameOf(event)} ${event.at.slice(11, 23)}`);
      return [
        `${id} is ${incident?.status ?? 'nothing'} (last: ${heard.join(', ')})`,
        ...open.map(({ id: run, position }) => `${run} stands at ${JSON.stringify(position)}`),
      ];
    }),
    ...rows.map(({ what }) => what),
  ];
}

function nameOf(event: StreamEvent): string {
  return event.type === 'Measured' ? `${event.type}: ${event.summary}` : event.type;
}

/** An alert that came late has opened it again; it waits for a person, and nobody here does that by hand. */
function isAgain(events: readonly { event: StreamEvent }[]): boolean {
  const end = events.findLast(({ event }) => /^Incident(Resolved|Reopened)$/.test(event.type));
  return end?.event.type === 'IncidentReopened' && end.event.actor.kind !== 'person';
}

/** How many jobs were given up. */
export async function setAside({ db }: World): Promise<number> {
  const { rows } = await sql`select from jobs_set_aside`.execute(db);
  return rows.length;
}
