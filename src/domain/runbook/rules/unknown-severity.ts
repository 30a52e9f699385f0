import { closest } from '#domain/runbook/did-you-mean.ts';

import { atValue, fixedText, locatedSteps, type SettingsRule } from './rule.ts';

const NAMING = new Set(['incident.declare', 'incident.severity']);

/** A severity that a step names is one of the settings: a run can set no other. */
export const unknownSeverity: SettingsRule = (subject) => {
  const { file, settings } = subject;
  const known = Object.keys(settings.incident.severities);
  return locatedSteps(subject).flatMap(({ step, path }) => {
    const named = NAMING.has(step.uses) ? fixedText(step.with['severity']) : null;
    if (named === null || known.includes(named)) return [];
    const guess = closest(named, known);
    return [
      file.source.problem(
        'bad-value',
        atValue(file, [...path, 'with', 'severity']),
        `there is no severity "${named}"`,
        guess === null ? `the settings have ${known.join(', ')}` : `did you mean "${guess}"?`,
      ),
    ];
  });
};
