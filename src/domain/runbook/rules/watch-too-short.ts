import { parseDuration } from '#domain/duration.ts';

import { asWarning, atValue, locatedSteps, type Rule } from './rule.ts';

/** A watch that gives up before it can have passed never does. */
export const watchTooShort: Rule = (subject) =>
  locatedSteps(subject).flatMap(({ step: { watch }, path }) => {
    const [hold, end] = [timeOf(watch?.hold), timeOf(watch?.giveUpAfter)];
    if (hold === null || end === null || hold <= end) return [];
    const at = atValue(subject.file, [...path, 'watch', 'giveUpAfter']);
    const message = 'this watch never passes: it gives up before it can have passed for its `hold`';
    return [asWarning(subject.file.source.problem('constant-condition', at, message))];
  });

/** Null for what an expression says. */
function timeOf(text: string | undefined): number | null {
  return text === undefined ? null : parseDuration(text);
}
