import type { NewJob } from '#ports/event-store.ts';

/** Homes are drawn again at most this often, whatever happens. */
const everyMs = 10_000;

/** Draws one person's home now. */
export function homeJob(person: string, name: string): NewJob {
  const key = `home:${person}`;
  return { task: 'home', payload: { person, name }, key, queue: key, priority: -3 };
}

/** Draws the homes that were opened lately, when the ten seconds are over in which something happened. */
export function homesJobs(events: readonly { at: string }[]): NewJob[] {
  const last = events.at(-1);
  if (last === undefined) return [];
  const until = (Math.floor(Date.parse(last.at) / everyMs) + 1) * everyMs;
  return [
    {
      task: 'home',
      payload: {},
      key: `homes:${until}`,
      queue: 'homes',
      runAt: new Date(until).toISOString(),
      priority: 8,
    },
  ];
}
