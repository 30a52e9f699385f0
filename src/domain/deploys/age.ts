import { formatDuration } from '#domain/duration.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago, as precise as a person needs it: `42s`, `6m12s`, `3h20m`, `12d`. Never negative. */
export function ageText(ms: number): string {
  const unit = ms < HOUR ? SECOND : ms < DAY ? MINUTE : ms < 7 * DAY ? HOUR : DAY;
  return formatDuration(Math.floor(Math.max(ms, 0) / unit) * unit);
}
