import type { JsonObject } from '#domain/json.ts';
import type { NewJob } from '#ports/event-store.ts';

const task = 'set-aside';

/** Makes it known that a job of a stream was set aside; null where there is no stream, or no end. */
export function setAsideJob(
  of: string,
  { stream, effect = null }: JsonObject,
  reason: string,
): NewJob | null {
  if (typeof stream !== 'string' || of === task) return null;
  const key = `set-aside:${of}:${stream}${typeof effect === 'string' ? `:${effect}` : ''}`;
  return { task, payload: { stream, task: of, effect, reason }, key };
}
