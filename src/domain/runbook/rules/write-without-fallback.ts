import { kindOf } from '#domain/runbook/kind-of.ts';

import { asWarning, atValue, locatedSteps, type Rule } from './rule.ts';

/** A write says how to do the same by hand, for the day its API is down as well. */
export const writeWithoutFallback: Rule = (subject) => {
  const { file } = subject;
  return locatedSteps(subject).flatMap(({ step, path }) => {
    if (kindOf(step.uses)?.role !== 'write' || step.fallback !== null) return [];
    const message = `nothing says how to do ${step.uses} by hand when it fails`;
    const hint = 'add `fallback` with the command or the page to use';
    const at = atValue(file, [...path, 'uses']);
    return [asWarning(file.source.problem('write-without-fallback', at, message, hint))];
  });
};
