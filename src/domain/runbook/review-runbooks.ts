import type { Diagnostic } from '#domain/diagnostic.ts';

import { libraryRules, reviewRules, settingsRules } from './rules/review-rules.ts';
import type { Subject } from './rules/rule.ts';
import { staleReview } from './rules/stale-review.ts';
import type { Settings } from './settings.ts';

/**
 * What there is to say about the runbooks of a folder, beside what keeps one from being used: what a
 * reviewer would say of each, whether it fits the settings, and whether they fit each other. `today`
 * is a date, such as 2026-11-22; without it, reviews never get old.
 */
export function reviewRunbooks(
  subjects: readonly Subject[],
  {
    settings,
    today,
    broken,
  }: { settings: Settings | null; today: string | null; broken: ReadonlySet<string> },
): readonly Diagnostic[] {
  return [
    ...subjects.flatMap((subject) => [
      ...reviewRules.flatMap((rule) => rule(subject)),
      ...(today === null ? [] : staleReview(subject, today)),
      ...(settings === null ? [] : settingsRules.flatMap((rule) => rule({ ...subject, settings }))),
    ]),
    ...libraryRules.flatMap((rule) => rule(subjects, broken)),
  ];
}
