import type { JsonObject } from '#domain/json.ts';

export type Schedule = {
  /** Unique: two schedules of one name are one. */
  name: string;
  /** Five fields: minute, hour, day, month, day of the week. */
  cron: string;
  /** IANA name; a time that a change of the clocks leaves out runs at the first moment after it. */
  timeZone: string;
  /** What is done at those times. */
  task: string;
  payload: JsonObject;
};

/** Work at set times. A run that was missed while nobody was there is made up for, once. */
export interface Schedules {
  /** Sees to it that the next run of the schedule waits in the queue; a waiting one is kept. */
  keep(schedule: Schedule): Promise<void>;
}
