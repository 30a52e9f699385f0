import type { Diagnostic } from '#domain/diagnostic.ts';

import { libraryRules, reviewRules, settingsRules } from './rules/review-rules.ts';
import type { Subject } from './rules/rule.ts';
import { staleReview } from './rules/stale-review.ts';
import type { Settings } from './settings.ts';

/**
 * What there is to say about the runbooks of a folder, beside what keeps one from being used: what a
 * reviewer would say of each, whether it fits the settings, and whether they fit each other. `today`
 * is a date, such as 2026-11-22; without it, reviews never get old. `others` are the ids of those that
 * can't be read, or that nobody asked for.
 */
export function reviewRunbooks(
  subjects: readonly Subject[],
  { settings, today, others, isAsked = () => true }: Around,
): readonly Diagnostic[] {
  const asked = subjects.filter(({ file }) => isAsked(file.source.file));
  const ofEach = asked.flatMap((subject) => [
    ...reviewRules.flatMap((rule) => rule(subject)),
    ...(today === null ? [] : staleReview(subject, today)),
    ...(settings === null ? [] : settingsRules.flatMap((rule) => rule({ ...subject, settings }))),
  ]);
  const ofAll = libraryRules.flatMap((rule) => rule(subjects, others));
  return [...ofEach, ...ofAll];
}

type Around = {
  settings: Settings | null;
  today: string | null;
  others: ReadonlySet<string>;
  /** Whether a file is looked at for its own sake, and not only for its neighbors'. */
  isAsked?: (file: string) => boolean;
};
