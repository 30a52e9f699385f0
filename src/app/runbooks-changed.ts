import type { Schedules } from '#ports/schedules.ts';

import type { App } from './app.ts';
import { announceJob } from './execute.ts';
import { keepSchedules } from './scheduled-runs.ts';

const mostStreams = 1_000;

/** Runbooks or settings are others now: books schedules, and says so in the messages of open runs. */
export async function runbooksChanged(app: App, schedules: Schedules): Promise<void> {
  await keepSchedules(app, schedules);
  for (const id of await app.store.streams({ prefix: '', open: true, limit: mostStreams })) {
    await app.jobs.enqueue(announceJob(id, 'main'));
  }
}
