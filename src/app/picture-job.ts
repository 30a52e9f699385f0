import type { Stream } from '#domain/stream/stream.ts';
import type { NewJob } from '#ports/event-store.ts';

/** Due when a curve has been recorded. */
export function pictureJobs(before: Stream, after: Stream): NewJob[] {
  const isNew = Object.values(after.runs).some(
    ({ id, observed }) => observed.last !== (before.runs[id]?.observed.last ?? null),
  );
  if (!isNew) return [];
  return [pictureJob(after.id)];
}

export function pictureJob(stream: string): NewJob {
  const name = `picture:${stream}`;
  return { task: 'picture', payload: { stream }, key: name, queue: name, priority: 5 };
}
