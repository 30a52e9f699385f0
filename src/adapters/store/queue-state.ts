import { type Kysely, sql } from 'kysely';

import { asPort } from './faults.ts';
import type { Tables } from './tables.ts';

const countAll = sql<string>`count(*)`.as('count');

type State = 'ready' | 'running' | 'later';

/** How the work of all replicas stands, by the database's clock. */
export async function queueState(db: Kysely<Tables>) {
  const jobs = sql<{ task: string; state: State; count: number; late: number }>`
    select task_identifier as task, state, count(*)::int as count,
           coalesce(max(extract(epoch from now() - run_at)) filter (where state = 'ready'), 0)::float8 as late
      from (select *, case when locked_at is not null then 'running'
                           when run_at > now() then 'later' else 'ready' end as state
              from graphile_worker.jobs) as jobs
     group by task_identifier, state
  `;
  const setAside = db.selectFrom('jobs_set_aside').select(countAll).executeTakeFirstOrThrow();
  const incidents = db
    .selectFrom('streams')
    .select(countAll)
    .where('open', '=', true)
    .where('id', 'like', 'inc-%')
    .executeTakeFirstOrThrow();
  const [found, aside, open] = await asPort(() =>
    Promise.all([jobs.execute(db), setAside, incidents]),
  );
  return {
    jobs: found.rows.map(({ task, state, count }) => ({ task, state, count })),
    oldestSeconds: Math.max(0, ...found.rows.map(({ late }) => late)),
    setAside: Number(aside.count),
    openIncidents: Number(open.count),
  };
}
