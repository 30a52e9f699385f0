import { type Kysely, sql } from 'kysely';

import { asPort } from './faults.ts';
import type { Tables } from './tables.ts';

type Limit = { calls: number; withinMs: number; apartMs: number };

/** Counts calls of something for all replicas together, by the database's clock. */
export function createCallBudget(db: Kysely<Tables>) {
  return {
    /** Counts a call and answers with 0, or with the milliseconds until one would be within the limit. */
    async take(key: string, { calls, withinMs, apartMs }: Limit): Promise<number> {
      const within = sql`${withinMs} * interval '1 ms'`;
      const taken = sql`array(select at from unnest(budget.taken) as at
        where at > clock_timestamp() - ${within} order by at)`;
      const opensAt = sql`greatest(
        budget.closed_until,
        (${taken})[cardinality(${taken})] + ${apartMs} * interval '1 ms',
        (${taken})[cardinality(${taken}) - ${calls}::int + 1] + ${within}
      )`;
      return asPort(async () => {
        const counted = await sql`
          insert into call_budgets as budget (key, taken) values (${key}, array[clock_timestamp()])
          on conflict (key) do update set taken = ${taken} || clock_timestamp()
            where ${opensAt} <= clock_timestamp()
          returning key
        `.execute(db);
        if (counted.rows.length > 0) return 0;
        const { rows } = await sql<{ ms: number }>`
          select ceil(extract(epoch from ${opensAt} - clock_timestamp()) * 1000)::float8 as ms
            from call_budgets as budget where key = ${key}
        `.execute(db);
        return Math.max(1, rows[0]?.ms ?? 1);
      });
    },

    /** No call for a while. */
    async pause(key: string, ms: number): Promise<void> {
      const until = sql`clock_timestamp() + ${ms} * interval '1 ms'`;
      await asPort(() =>
        sql`
          insert into call_budgets as budget (key, taken, closed_until) values (${key}, '{}', ${until})
          on conflict (key) do update set closed_until = greatest(budget.closed_until, ${until})
        `.execute(db),
      );
    },

    /** Forgets what has not been called for an hour, such as posts to old channels. */
    async forget(): Promise<void> {
      await asPort(() =>
        sql`
          delete from call_budgets
           where taken[cardinality(taken)] < clock_timestamp() - interval '1 hour'
        `.execute(db),
      );
    },
  };
}
