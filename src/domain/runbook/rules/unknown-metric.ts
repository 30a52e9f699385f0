import { hasTemplate } from '#domain/expressions/template.ts';
import { isJsonObject, type Json } from '#domain/json.ts';
import { closest } from '#domain/runbook/did-you-mean.ts';

import { atValue, locatedSteps, type SettingsRule } from './rule.ts';

/** A metric that a check names is one of its service. */
export const unknownMetric: SettingsRule = (subject) => {
  const { file, runbook, settings } = subject;
  return locatedSteps(subject).flatMap(({ step, path }) => {
    if (step.uses !== 'check.metric' || step.repeats !== null) return [];
    const { metric, traffic } = step.with;
    const given = step.with['service'];
    const service = typeof given === 'string' ? given : runbook.service;
    const known = settings.services[service]?.metrics;
    if (known === undefined) return [];

    const named: readonly (readonly [Json | undefined, readonly string[]])[] = [
      [metric, ['metric']],
      [isJsonObject(traffic) ? traffic['metric'] : undefined, ['traffic', 'metric']],
    ];
    return named.flatMap(([name, at]) => {
      if (typeof name !== 'string' || hasTemplate(name) || Object.hasOwn(known, name)) return [];
      const guess = closest(name, Object.keys(known));
      return [
        file.source.problem(
          'unknown-metric',
          atValue(file, [...path, 'with', ...at]),
          `the service "${service}" has no metric "${name}"`,
          guess === null ? undefined : `did you mean "${guess}"?`,
        ),
      ];
    });
  });
};
