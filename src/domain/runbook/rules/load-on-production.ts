import type { Diagnostic } from '#domain/diagnostic.ts';
import type { Runbook, Step } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';

import { hostOf } from './host-not-allowed.ts';
import { atValue, locatedSteps, type SettingsRule } from './rule.ts';

/**
 * A load probe never meets production: neither by its environment, nor at a host that a connection
 * marks `production: true`. What an expression makes of either is refused when it is measured.
 */
export const loadOnProduction: SettingsRule = ({ file, runbook, settings }) =>
  locatedSteps({ file, runbook }).flatMap(({ step, path }): readonly Diagnostic[] => {
    if (step.uses !== 'check.load' || step.repeats !== null) return [];
    const found = productionIn(step, runbook, settings);
    if (found === null) return [];
    return [
      file.source.problem(
        'host-not-allowed',
        atValue(file, found.key in step.with ? [...path, 'with', found.key] : [...path, 'uses']),
        `load on production is refused: ${found.why}`,
        'probe staging, or another place that is like production',
      ),
    ];
  });

function productionIn(
  step: Step,
  { inputs }: Runbook,
  settings: Settings,
): { key: string; why: string } | null {
  const { environment, url } = step.with;
  const choices = environment === undefined ? inputs['environment']?.enum : [environment];
  if (choices?.length === 1 && choices[0] === 'production') {
    return { key: 'environment', why: 'the environment is production' };
  }
  const host = typeof url === 'string' ? hostOf(url) : null;
  const marked = Object.entries(settings.connections).find(
    ([, connection]) =>
      connection.options['production'] === true &&
      connection.url !== null &&
      hostOf(connection.url) === host,
  );
  return marked ? { key: 'url', why: `the connection ${marked[0]} says that it is ${host}` } : null;
}
