import type { Diagnostic } from '#domain/diagnostic.ts';
import { parseDuration } from '#domain/duration.ts';

import { asWarning, atValue, type Subject } from './rule.ts';

/** A review holds for as long as the runbook says; `today` is a date such as 2026-11-22. */
export function staleReview({ runbook, file }: Subject, today: string): readonly Diagnostic[] {
  const { reviewed, review } = runbook;
  const holds = review === null ? null : parseDuration(review);
  if (holds === null || reviewed === null) return [];
  const until = Date.parse(reviewed) + holds;
  if (Date.parse(today) <= until) return [];
  const message = `the review of ${reviewed} held for ${review}, until ${dateOf(until)}`;
  const hint = 'read it again, mend what has changed, and write the date into `reviewed`';
  const at = atValue(file, ['reviewed']);
  return [asWarning(file.source.problem('stale-review', at, message, hint))];
}

function dateOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
