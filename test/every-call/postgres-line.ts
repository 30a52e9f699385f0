import type { Socket } from 'node:net';

import type { Calls, Trouble } from './calls.ts';
import { createRounds, errorResponse, query } from './postgres-messages.ts';
import { serveSockets } from './sockets.ts';

/** Of a statement, so much tells it from others. */
const siteLength = 100;
/** What the server does in place of a statement that fails: whatever transaction there is fails with it. */
const failure = `do $$ begin raise exception 'out of memory' using errcode = '53200'; end $$`;

/** A way to PostgreSQL on which each connection and each statement is a call. */
export async function openPostgresLine(
  url: string,
  calls: Calls,
): Promise<AsyncDisposable & { url: string }> {
  const through = new URL(url);
  const target = Number(through.port);
  const server = await serveSockets((client, dial) => {
    const trouble = calls.meet('statement', 'connect');
    if (trouble === null) pass(client, dial(target), calls);
    else if (trouble === 'silent') client.resume();
    else if (trouble === 'failed') client.end(errorResponse('53300', 'too many clients already'));
    else client.destroy();
  });
  through.port = String(server.port);
  return { url: through.href, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

function pass(client: Socket, upstream: Socket, calls: Calls): void {
  let answersAreLost = false;
  let silent = false;
  let before = '';

  function become(trouble: Trouble | null, statement: string, bytes: Buffer): void {
    if (trouble === 'refused') client.destroy();
    else if (trouble === 'silent') silent = true;
    else if (trouble === 'failed') {
      // A commit that fails leaves no transaction behind.
      upstream.write(query(statement === 'commit' ? `rollback; ${failure}` : failure));
    } else {
      answersAreLost = trouble === 'unanswered';
      upstream.write(bytes);
    }
  }

  upstream.on('data', (bytes) => {
    if (answersAreLost) client.destroy();
    else client.write(bytes);
  });
  client.on(
    'data',
    createRounds((bytes, statement) => {
      if (silent) return;
      if (statement === null) {
        upstream.write(bytes);
        return;
      }
      const site = siteOf(statement, before);
      before = statement;
      become(calls.meet('statement', site), statement, bytes);
    }),
  );
}

/** The end of a transaction is another call for each last statement in it. */
function siteOf(statement: string, before: string): string {
  const ends = ['commit', 'rollback'].includes(statement);
  return (ends ? `${statement} after ${before}` : statement).slice(0, siteLength);
}
