import { kindOf } from '#domain/runbook/kind-of.ts';
import { noVerdict } from '#domain/runbook/kinds/step-kind.ts';

import { asWarning, atValue, locatedSteps, type Rule } from './rule.ts';

/** A check whose kind has no opinion of its own says what is well, or what is not. */
export const checkWithoutVerdict: Rule = (subject) => {
  const { file } = subject;
  return locatedSteps(subject).flatMap(({ step, path }) => {
    const kind = kindOf(step.uses);
    const judges = kind?.role !== 'read' || kind.defaultVerdict !== noVerdict;
    if (judges || step.pass !== null || step.fail !== null || step.repeats !== null) return [];
    const message = `${step.uses} finds no problem by itself: its verdict would always be No data`;
    const hint = "give `fail` or `pass`, such as fail: '> 5%'";
    const at = atValue(file, [...path, 'uses']);
    return [asWarning(file.source.problem('check-without-verdict', at, message, hint))];
  });
};
