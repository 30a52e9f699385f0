import { sql, type Kysely } from 'kysely';

export async function up(database: Kysely<unknown>): Promise<void> {
  await sql`
    create table personal_tokens (
      person text primary key,
      name text not null,
      hash text not null unique,
      expires_at timestamptz not null,
      issued_at timestamptz not null default now()
    )
  `.execute(database);
}
