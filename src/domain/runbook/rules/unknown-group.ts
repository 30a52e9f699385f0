import type { Diagnostic } from '#domain/diagnostic.ts';
import { hasTemplate } from '#domain/expressions/template.ts';
import { closest } from '#domain/runbook/did-you-mean.ts';
import type { RuleId } from '#domain/runbook/rule-id.ts';
import type { Path } from '#domain/runbook/yaml/yaml-node.ts';

import { atValue, type LocatedStep, locatedSteps, type SettingsRule } from './rule.ts';

/** The service, the owner and every group that a runbook names are in the settings. */
export const unknownGroup: SettingsRule = (subject) => {
  const { file, runbook, settings } = subject;

  function missing(
    rule: RuleId,
    what: string,
    name: string,
    known: object,
    path: Path,
  ): Diagnostic[] {
    if (Object.hasOwn(known, name) || hasTemplate(name)) return [];
    const guess = closest(name, Object.keys(known));
    const hint = guess === null ? undefined : `did you mean "${guess}"?`;
    return [file.source.problem(rule, atValue(file, path), `there is no ${what} "${name}"`, hint)];
  }

  return [
    ...missing('bad-value', 'service', runbook.service, settings.services, ['service']),
    ...missing('unknown-group', 'group', runbook.owner, settings.groups, ['owner']),
    ...locatedSteps(subject)
      .flatMap(groupsOf)
      .flatMap(({ group, path }) =>
        missing('unknown-group', 'group', group, settings.groups, path),
      ),
  ];
};

function groupsOf({ step, path }: LocatedStep): readonly { group: string; path: Path }[] {
  const approval = (step.approval?.groups ?? []).map((group, index) => ({
    group,
    path: [...path, 'approval', 'groups', index],
  }));
  return [...approval, ...toldGroups(step.uses === 'notify' ? step.with['to'] : [], path)];
}

/** `to` of notify: a text or a list of them; what begins with # is a channel. */
function toldGroups(to: unknown, path: Path): readonly { group: string; path: Path }[] {
  const all = Array.isArray(to) ? to : [to];
  return all.flatMap((group: unknown, index) =>
    typeof group === 'string' && !group.startsWith('#')
      ? [{ group, path: [...path, 'with', 'to', ...(Array.isArray(to) ? [index] : [])] }]
      : [],
  );
}
