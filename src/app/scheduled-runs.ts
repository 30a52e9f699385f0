import { bot } from '#domain/ids.ts';
import { textOf } from '#domain/json.ts';
import type { RunbookDocument } from '#domain/runbook/runbook.ts';
import type { Task } from '#ports/jobs.ts';
import type { Schedule, Schedules } from '#ports/schedules.ts';

import type { App } from './app.ts';
import { execute } from './execute.ts';
import {
  isRunning,
  lastRun,
  remember,
  type Scheduled,
  schedulesOf,
  triggerKey,
} from './last-scheduled-run.ts';
import { nightlySchedule } from './nightly.ts';
import { startCommand } from './start-runbook.ts';

/**
 * Runs that begin by the clock, each in a stream of its own. One is shown in its service's channel
 * when it needs somebody; see `isShown`.
 */

/** Books the next run of every schedule in the runbooks; done at the start and after each reload. */
export async function keepSchedules(app: App, schedules: Schedules): Promise<void> {
  for (const document of app.runbooks.all()) {
    for (const trigger of schedulesOf(document)) {
      await schedules.keep(scheduleOf(app, document, trigger));
    }
  }
  const nightly = nightlySchedule(app.runbooks.settings());
  if (nightly !== null) await schedules.keep(nightly);
}

/**
 * Begins a run that is due. The next one is booked first, so that a failure does not end the
 * schedule; one whose trigger is gone from the runbook, or says something else now, just ends. None
 * begins while the one before is open.
 */
export function startScheduledRun(app: App, schedules: Schedules): Task {
  return async (payload) => {
    const document = app.runbooks.get(textOf(payload['runbook']));
    if (document === null) return;
    const trigger = schedulesOf(document).find(
      (one) => triggerKey(app, document, one) === payload['trigger'],
    );
    if (trigger === undefined) return;
    await schedules.keep(scheduleOf(app, document, trigger));

    const key = triggerKey(app, document, trigger);
    const before = await lastRun(app, key);
    if (before !== null && (await isRunning(app, before.run))) {
      const { run, waiting } = before;
      app.log.warn({ runbook: document.runbook.id, run }, 'the scheduled run before is still open');
      return remember(app, key, { run, waiting: waiting ?? app.clock.now().toISOString() });
    }
    await start(app, document, trigger, key);
  };
}

async function start(
  app: App,
  document: RunbookDocument,
  { inputs, mode }: Scheduled,
  key: string,
): Promise<void> {
  const command = startCommand(app, document, { by: bot, inputs, mode });
  const { run } = command;
  const once = { scope: 'scheduled', key: `${key}|${command.at.slice(0, 16)}`, value: run };
  const channel = app.runbooks.settings().services[document.runbook.service]?.channel ?? null;
  const shown = channel === null ? [] : [{ scope: 'place', key: run, value: channel }];
  // Before the run is there, so that a crash between the two does not let the next one overlap it.
  await remember(app, key, { run, waiting: null });
  const executed = await execute(app, run, () => [command], [once, ...shown]);
  switch (executed.kind) {
    case 'done':
      return;
    case 'duplicate':
      return remember(app, key, { run: textOf(executed.mark.value), waiting: null });
    case 'rejected':
      app.log.warn(
        { runbook: document.runbook.id, ...executed.rejection },
        'a scheduled run was refused',
      );
      return;
    default:
      return executed satisfies never;
  }
}

function scheduleOf(app: App, document: RunbookDocument, trigger: Scheduled): Schedule {
  const name = triggerKey(app, document, trigger);
  const { cron, timezone: timeZone } = trigger;
  const payload = { runbook: document.runbook.id, trigger: name };
  return { name, cron, timeZone, task: 'scheduled', payload };
}
