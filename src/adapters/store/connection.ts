import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';

import type { Log } from '#ports/log.ts';

import type { Tables } from './tables.ts';

export type Database = {
  db: Kysely<Tables>;
  /** The same connections, for what brings its own SQL. */
  pool: Pool;
  /** Whether the database answers, within two seconds. */
  answers(): Promise<boolean>;
  close(): Promise<void>;
};

/**
 * Who sleeps or is cut off in the middle of an append holds its stream: no longer than until its jobs
 * are given to others, which would wait for it.
 */
const idleInTransactionMs = 5_000;

/**
 * Connections to PostgreSQL, made when they are needed. Every statement has a deadline on the
 * server, and one of our own for a server that is silent.
 */
export function connectDatabase(url: string, log?: Log): Database {
  const pool = new Pool({
    connectionString: url,
    max: 20,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 15_000,
    query_timeout: 20_000,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    keepAlive: true,
    application_name: 'handrail',
  });
  // A connection that breaks: idle, or in use (the statement fails, too). Others are made on need.
  const noteLoss = (error: Error): void => log?.warn({ error }, 'database connection lost');
  pool.on('error', noteLoss);
  pool.on('connect', (client) => client.on('error', noteLoss));

  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    pool,

    async answers() {
      const deadline = new Promise<false>((resolve) => {
        setTimeout(resolve, 2_000, false).unref();
      });
      const query = pool.query('select 1').then(
        () => true,
        () => false,
      );
      return Promise.race([query, deadline]);
    },

    // Not by way of Kysely, which leaves the pool alone unless it was used through it.
    close: () => pool.end(),
  };
}
