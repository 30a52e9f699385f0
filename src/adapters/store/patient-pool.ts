import { setTimeout as wait } from 'node:timers/promises';

import { DatabaseError, type Pool, type PoolClient } from 'pg';

/** PostgreSQL undid the statement for the sake of another one: it may be sent again as it is. */
const undone: ReadonlySet<string> = new Set(['40P01', '40001']);
const mostTries = 20;
const pauseMs = 25;

/**
 * The same connections, for the job library, whose own tries again of "these jobs ended" never
 * happen (graphile/worker#636): there one deadlock with a commit that adds jobs ends the worker.
 */
export function patientPool(pool: Pool): Pool {
  const connect = async (): Promise<PoolClient> => patient(await pool.connect());
  return derived(pool, {
    connect: (listener?: Parameters<Pool['connect']>[0]) =>
      listener === undefined ? connect() : pool.connect(listener),
  });
}

function patient(client: PoolClient): PoolClient {
  return derived(client, {
    query: async (statement: string, values?: unknown[]) => {
      for (let tries = 1; ; tries += 1) {
        try {
          return await client.query(statement, values);
        } catch (error) {
          const again = error instanceof DatabaseError && undone.has(error.code ?? '');
          if (!again || tries === mostTries) throw error;
          await wait(pauseMs * Math.random() * tries);
        }
      }
    },
  });
}

/** The object as it is, but for these members. */
function derived<T extends object>(of: T, members: Partial<Record<keyof T, unknown>>): T {
  return Object.assign(Object.create(of), members);
}
