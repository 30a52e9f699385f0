import type { Diagnostic } from '#domain/diagnostic.ts';
import { hasTemplate } from '#domain/expressions/template.ts';
import { isJsonObject } from '#domain/json.ts';
import { closest } from '#domain/runbook/did-you-mean.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';
import type { Step } from '#domain/runbook/runbook.ts';

import { atValue, locatedSteps, type SettingsRule } from './rule.ts';

/** A step's connection exists: the one it names, or the one that its service has for its kind. */
export const unknownConnection: SettingsRule = (subject) => {
  const { file, runbook, settings } = subject;
  return locatedSteps(subject).flatMap(({ step, path }): readonly Diagnostic[] => {
    const named = step.with['connection'];
    if (typeof named === 'string') {
      if (hasTemplate(named) || Object.hasOwn(settings.connections, named)) return [];
      const guess = closest(named, Object.keys(settings.connections));
      const at = atValue(file, [...path, 'with', 'connection']);
      const hint = guess === null ? undefined : `did you mean "${guess}"?`;
      return [
        file.source.problem('unknown-connection', at, `there is no connection "${named}"`, hint),
      ];
    }
    const role = kindOf(step.uses)?.connectionRole ?? null;
    const service = settings.services[runbook.service];
    if (role === null || service === undefined) return [];
    if (!inherits(step) || step.repeats !== null || Object.hasOwn(service.connections, role)) {
      return [];
    }
    return [
      file.source.problem(
        'unknown-connection',
        atValue(file, [...path, 'uses']),
        `the service "${runbook.service}" has no connection for ${role}`,
        `add "${role}" to its connections in the settings, or give \`connection\``,
      ),
    ];
  });
};

/** Whether the service's own connection is used; a file or the environment needs none. */
function inherits(step: Step): boolean {
  const { source } = step.with;
  if (typeof step.with['service'] === 'string') return false;
  if (step.uses !== 'check.config' || !isJsonObject(source)) return true;
  return ('deployment' in source || 'environment' in source) && !('connection' in source);
}
