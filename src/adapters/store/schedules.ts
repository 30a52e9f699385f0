import { Cron } from 'croner';

import type { Clock } from '#ports/clock.ts';
import type { Schedule, Schedules } from '#ports/schedules.ts';

import { addJob } from './add-job.ts';
import type { Database } from './connection.ts';
import { asPort } from './faults.ts';

/** Schedules as jobs: the next run of each waits in the queue under the schedule's own key. */
export function createSchedules(deps: {
  database: Database;
  clock: Pick<Clock, 'now'>;
}): Schedules {
  return {
    async keep(schedule) {
      const runAt = nextRun(schedule, deps.clock.now());
      if (runAt === null) return;
      const { name, cron, timeZone, task, payload } = schedule;
      const job = { task, payload, key: `schedule:${name}:${timeZone}:${cron}`, runAt };
      await asPort(() => addJob(deps.database.db, job, { keepRunAt: true }));
    },
  };
}

/** ISO; null when there is none. Throws for a cron line that can't be read. */
export function nextRun(schedule: Pick<Schedule, 'cron' | 'timeZone'>, after: Date): string | null {
  const cron = new Cron(schedule.cron, { timezone: schedule.timeZone, mode: '5-part' });
  return cron.nextRun(after)?.toISOString() ?? null;
}
