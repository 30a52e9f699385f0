import { parseDuration } from '#domain/duration.ts';

import type { Runbook } from './runbook.ts';

/** The day (ISO date) on which a runbook is to be reviewed again; null where it does not say. */
export function reviewDue({
  reviewed,
  review,
}: Pick<Runbook, 'reviewed' | 'review'>): string | null {
  if (reviewed === null || review === null) return null;
  const ms = parseDuration(review);
  return ms === null ? null : new Date(Date.parse(reviewed) + ms).toISOString().slice(0, 10);
}
