import { Cron } from 'croner';

import type { JsonObject } from '#domain/json.ts';
import type { Clock } from '#ports/clock.ts';
import type { Task } from '#ports/jobs.ts';

import { addJob } from './add-job.ts';
import type { Database } from './connection.ts';
import { asPort } from './faults.ts';

export type Schedule = {
  /** Unique; also the task's name. */
  name: string;
  /** Five fields: minute, hour, day, month, day of the week. */
  cron: string;
  /** IANA name; a time that a change of the clocks leaves out runs at the first moment after it. */
  timeZone: string;
  payload: JsonObject;
};

export type Schedules = {
  /** Sees to it that the next run of the schedule waits in the queue; a waiting one is kept. */
  keep(schedule: Schedule): Promise<void>;
  /** The task of a schedule: it books the next run, then does its work. */
  task(schedule: Schedule, work: Task): Task;
};

/** Work at set times. A run that was missed while nobody was there is made up for, once. */
export function createSchedules(deps: {
  database: Database;
  clock: Pick<Clock, 'now'>;
}): Schedules {
  async function keep(schedule: Schedule): Promise<void> {
    const runAt = nextRun(schedule, deps.clock.now());
    if (runAt === null) return;
    const { name, cron, timeZone, payload } = schedule;
    const job = { task: name, payload, key: `schedule:${name}:${timeZone}:${cron}`, runAt };
    await asPort(() => addJob(deps.database.db, job, { keepRunAt: true }));
  }

  return {
    keep,
    task: (schedule, work) => async (payload, signal) => {
      await keep(schedule);
      await work(payload, signal);
    },
  };
}

/** ISO; null when there is none. Throws for a cron line that can't be read. */
export function nextRun(schedule: Pick<Schedule, 'cron' | 'timeZone'>, after: Date): string | null {
  const cron = new Cron(schedule.cron, { timezone: schedule.timeZone, mode: '5-part' });
  return cron.nextRun(after)?.toISOString() ?? null;
}
