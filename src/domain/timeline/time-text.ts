import { formatDuration } from '#domain/duration.ts';

/** `09:18:30`, of a time in UTC. */
export function timeOfDay(at: string): string {
  return new Date(at).toISOString().slice(11, 19);
}

/** `2026-11-22`. */
export function dayOf(at: string): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** `4m40s`; whole seconds, since people read it. */
export function secondsText(seconds: number): string {
  return formatDuration(Math.round(seconds) * 1_000);
}
