import { sql, type Kysely } from 'kysely';

/** What is in it may be lost: it is of the last minute. */
export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create unlogged table call_budgets (
      key text primary key,
      taken timestamptz[] not null,
      closed_until timestamptz not null default '-infinity'
    )
  `.execute(database);
}
