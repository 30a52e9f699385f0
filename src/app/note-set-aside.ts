import { bot } from '#domain/ids.ts';
import { textOf } from '#domain/json.ts';
import type { Task } from '#ports/jobs.ts';

import type { App } from './app.ts';
import { execute } from './execute.ts';
import { load } from './load.ts';

/**
 * Work on an incident that was given up is a problem of it, which its card shows: nobody reads a log
 * while the house is on fire. Other work is in the log alone.
 */
export function noteSetAside(app: App): Task {
  return async (payload) => {
    const job = textOf(payload['task']);
    const stream = textOf(payload['stream']);
    const { incident } = (await load(app, stream)).stream;
    if (incident === null) return;
    const what =
      job === 'announce'
        ? 'A message here could not be brought up to date'
        : 'Part of a runbook could not be carried out';
    const message = `${what}, and it is not tried again: ${textOf(payload['reason'])}`;
    const at = app.clock.now().toISOString();
    await execute(app, stream, () => [
      { type: 'NoteProblem', at, actor: bot, key: `job:${job}`, message },
    ]);
  };
}
