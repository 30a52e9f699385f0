import { z } from 'zod';

import { bot } from '#domain/ids.ts';
import { textOf } from '#domain/json.ts';
import type { RunbookDocument } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import { isOpen } from '#domain/stream/effects.ts';
import type { NewJob } from '#ports/event-store.ts';
import type { Task } from '#ports/jobs.ts';
import type { Schedule, Schedules } from '#ports/schedules.ts';

import type { App } from './app.ts';
import { execute } from './execute.ts';
import { load } from './load.ts';
import { setNightProblem } from './night-problem.ts';
import { sendDigests } from './send-digests.ts';
import { startCommand } from './start-runbook.ts';

/**
 * The nightly dry run of every runbook: a few at a time, each in a stream of its own that is shown
 * nowhere; see `domain/run/probe.ts`. When the last has ended, each owner is told what needs attention.
 */

/** So few at once that an incident of the same minute does not wait for them. */
const mostAtOnce = 4;
const lookEveryMs = 5_000;
const endsWithinMs = 10 * 60_000;

/** By runbook: the run, when it began, and why there is none or why it was stopped. */
const Night = z.record(
  z.string(),
  z.object({ run: z.string(), at: z.string(), problem: z.string().nullable() }),
);
type Night = z.infer<typeof Night>;

export function nightlySchedule({ proof }: Settings): Schedule | null {
  if (proof === null) return null;
  const { cron, timezone: timeZone } = proof;
  return { name: 'nightly', cron, timeZone, task: 'nightly', payload: { cron, timeZone } };
}

/** Begins a night, and books the next one. A schedule that the settings no longer have just ends. */
export function startNight(app: App, schedules: Schedules): Task {
  return async (payload) => {
    const schedule = nightlySchedule(app.runbooks.settings());
    if (schedule === null) return;
    if (schedule.cron !== payload['cron'] || schedule.timeZone !== payload['timeZone']) return;
    const night = app.clock.now().toISOString().slice(0, 16);
    await app.jobs.enqueue(nightJob(night));
    await schedules.keep(schedule);
  };
}

/**
 * Takes a night one look further. All that it knows is kept, so that any number of looks, crashes
 * between them included, start each dry run once and send each digest once.
 */
export function goThroughNight(app: App): Task {
  return async (payload) => {
    const night = textOf(payload['night']);
    const known = Night.parse((await app.store.mark('night', night)) ?? {});
    let open = 0;
    for (const [runbook, begun] of Object.entries(known)) {
      if (begun.problem === null && (await stillRuns(app, night, known, runbook))) open += 1;
    }
    const ahead = app.runbooks.all().filter(({ runbook }) => !Object.hasOwn(known, runbook.id));
    for (const document of ahead.slice(0, mostAtOnce - open)) {
      await startDryRun(app, night, known, document);
    }
    if (open > 0 || ahead.length > 0) {
      const runAt = new Date(app.clock.now().getTime() + lookEveryMs).toISOString();
      return app.jobs.enqueue(nightJob(night, runAt));
    }
    await sendDigests(app, night);
  };
}

async function startDryRun(
  app: App,
  night: string,
  known: Night,
  document: RunbookDocument,
): Promise<void> {
  const { id } = document.runbook;
  const command = startCommand(app, document, { by: bot, inputs: {}, mode: 'dryRun' });
  known[id] = { run: command.run, at: command.at, problem: null };
  // First, so that a crash after the start does not start another one.
  await app.store.setMark({ scope: 'night', key: night, value: known });
  const executed = await execute(app, command.run, () => [{ ...command, unattended: true }]);
  const refused = executed.kind === 'rejected' ? executed.rejection.message : null;
  await noteProblem(app, night, known, id, refused);
}

/** Whether a run of the night goes on; one that takes too long is stopped. */
async function stillRuns(app: App, night: string, known: Night, runbook: string): Promise<boolean> {
  const begun = known[runbook];
  if (begun === undefined) return false;
  const { run, at } = begun;
  if (!isOpen((await load(app, run)).stream)) return false;
  const now = app.clock.now();
  if (now.getTime() - Date.parse(at) < endsWithinMs) return true;
  const reason = 'The dry run took more than ten minutes.';
  await execute(app, run, () => [{ type: 'Stop', at: now.toISOString(), actor: bot, run, reason }]);
  await noteProblem(app, night, known, runbook, reason);
  return false;
}

async function noteProblem(
  app: App,
  night: string,
  known: Night,
  runbook: string,
  problem: string | null,
): Promise<void> {
  await setNightProblem(app, runbook, problem);
  const begun = known[runbook];
  if (problem === null || begun === undefined) return;
  known[runbook] = { ...begun, problem };
  await app.store.setMark({ scope: 'night', key: night, value: known });
}

function nightJob(night: string, runAt?: string): NewJob {
  return {
    task: 'night',
    payload: { night },
    key: `night:${night}`,
    queue: 'night',
    priority: 10,
    ...(runAt !== undefined && { runAt }),
  };
}
