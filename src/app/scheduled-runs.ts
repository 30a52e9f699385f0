import { bot } from '#domain/ids.ts';
import { textOf } from '#domain/json.ts';
import type { RunbookDocument, Trigger } from '#domain/runbook/runbook.ts';
import type { Task } from '#ports/jobs.ts';
import type { Schedule, Schedules } from '#ports/schedules.ts';

import type { App } from './app.ts';
import { execute } from './execute.ts';
import { startCommand } from './start-runbook.ts';

/** Runs that begin by the clock, each in a stream of its own, shown in the service's channel. */

/** Books the next run of every schedule in the runbooks; done at the start and after each reload. */
export async function keepSchedules(app: App, schedules: Schedules): Promise<void> {
  for (const document of app.runbooks.all()) {
    for (const trigger of document.runbook.triggers) {
      if (trigger.kind === 'schedule') await schedules.keep(scheduleOf(document, trigger));
    }
  }
}

/**
 * Begins a run that is due. The next one is booked first, so that a failure does not end the
 * schedule; one whose trigger is gone from the runbook, or has another time now, just ends.
 */
export function startScheduledRun(app: App, schedules: Schedules): Task {
  return async (payload) => {
    const document = app.runbooks.get(textOf(payload['runbook']));
    const trigger = document?.runbook.triggers.find(
      (one) =>
        one.kind === 'schedule' &&
        one.cron === payload['cron'] &&
        one.timezone === payload['timeZone'],
    );
    if (document == null || trigger?.kind !== 'schedule') return;
    await schedules.keep(scheduleOf(document, trigger));

    const command = startCommand(app, document, {
      by: bot,
      inputs: trigger.inputs,
      mode: trigger.mode,
    });
    const minute = command.at.slice(0, 16);
    const once = {
      scope: 'scheduled',
      key: `${document.runbook.id}|${minute}`,
      value: command.run,
    };
    const channel = app.runbooks.settings().services[document.runbook.service]?.channel ?? null;
    const shown = channel === null ? [] : [{ scope: 'place', key: command.run, value: channel }];
    const executed = await execute(app, command.run, () => [command], [once, ...shown]);
    if (executed.kind === 'rejected') {
      app.log.warn(
        { runbook: document.runbook.id, ...executed.rejection },
        'a scheduled run was refused',
      );
    }
  };
}

function scheduleOf(
  { runbook }: RunbookDocument,
  { cron, timezone }: Extract<Trigger, { kind: 'schedule' }>,
): Schedule {
  const payload = { runbook: runbook.id, cron, timeZone: timezone };
  return { name: runbook.id, cron, timeZone: timezone, task: 'scheduled', payload };
}
