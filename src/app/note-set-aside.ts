import { bot } from '#domain/ids.ts';
import { textOf } from '#domain/json.ts';
import { writeKey } from '#domain/run/write-key.ts';
import { dueEffects } from '#domain/stream/effects.ts';
import type { Stream } from '#domain/stream/stream.ts';
import type { Task } from '#ports/jobs.ts';

import type { App } from './app.ts';
import { execute, type MachineCommand } from './execute.ts';
import { load } from './load.ts';

/**
 * Work on an incident that was given up is a problem of it, which its card shows: nobody reads a log
 * while the house is on fire. A write that nobody works on any more has ended, and a person is asked.
 * Other work is in the log alone.
 */
export function noteSetAside(app: App): Task {
  return async (payload) => {
    const job = textOf(payload['task']);
    const stream = textOf(payload['stream']);
    const reason = textOf(payload['reason']);
    const at = app.clock.now().toISOString();
    await execute(app, stream, (now) => endedWrite(now, textOf(payload['effect']), reason, at));
    const { incident } = (await load(app, stream)).stream;
    if (incident === null) return;
    const what =
      job === 'announce'
        ? 'A message here could not be brought up to date'
        : 'Part of a runbook could not be carried out';
    const message = `${what}, and it is not tried again: ${reason}`;
    await execute(app, stream, () => [
      { type: 'NoteProblem', at, actor: bot, key: `job:${job}`, message },
    ]);
  };
}

/** What was begun may have been done; what was only approved was not. */
function endedWrite(stream: Stream, id: string, reason: string, at: string): MachineCommand[] {
  const effect = dueEffects(stream).find((one) => one.id === id);
  if (effect?.type !== 'Write') return [];
  const { run: runId, step, visit: number } = effect;
  const run = stream.runs[runId];
  const visit = run?.steps[step];
  if (!run || !visit) return [];
  const [outcome, message] =
    visit.write?.phase === 'acting'
      ? (['unknown', `It was begun and then given up, look at it by hand: ${reason}`] as const)
      : (['failed', `It was not begun: ${reason}`] as const);
  const key = writeKey(run, visit);
  const said = { key, outcome, message, result: {} };
  return [{ type: 'ReportWrite', at, actor: bot, run: runId, step, visit: number, ...said }];
}
