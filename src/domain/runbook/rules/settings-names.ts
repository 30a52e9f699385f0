import type { Diagnostic } from '#domain/diagnostic.ts';
import { closest } from '#domain/runbook/did-you-mean.ts';
import type { RuleId } from '#domain/runbook/rule-id.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import { nodeAt, type Path, type Range } from '#domain/runbook/yaml/yaml-node.ts';

import { atKey, atValue, type ParsedFile } from './rule.ts';

type Name = { rule: RuleId; what: string; name: string; known: readonly string[]; path: Path };

/** Every group, connection, service, environment and severity that the settings name exists. */
export function unknownNames(settings: Settings, file: ParsedFile): readonly Diagnostic[] {
  return namesIn(settings).flatMap(({ rule, what, name, known, path }) => {
    if (known.includes(name)) return [];
    const guess = closest(name, known);
    return [
      file.source.problem(
        rule,
        nodeAt(file.root, path) === null ? { start: 0, end: 0 } : placeOf(file, path),
        `there is no ${what} "${name}"`,
        guess === null ? undefined : `did you mean "${guess}"?`,
      ),
    ];
  });
}

/** A name that is a key is underlined itself. */
function placeOf(file: ParsedFile, path: Path): Range {
  return path[0] === 'escalation' && path.length === 2 ? atKey(file, path) : atValue(file, path);
}

function namesIn(settings: Settings): readonly Name[] {
  const groups = Object.keys(settings.groups);
  const services = Object.keys(settings.services);
  const severities = Object.keys(settings.incident.severities);
  const environments = Object.values(settings.services).flatMap((each) => each.environments);

  const group = (name: string, path: Path): Name => ({
    rule: 'unknown-group',
    what: 'group',
    name,
    known: groups,
    path,
  });
  const connection = (name: string, path: Path): Name => ({
    rule: 'unknown-connection',
    what: 'connection',
    name,
    known: Object.keys(settings.connections),
    path,
  });
  return [
    ...Object.entries(settings.services).flatMap(([name, service]) => [
      group(service.owner, ['services', name, 'owner']),
      ...Object.entries(service.connections).map(([role, target]) =>
        connection(target, ['services', name, 'connections', role]),
      ),
    ]),
    ...Object.entries(settings.groups).flatMap(([name, settingsOf]) =>
      settingsOf.kind === 'oncall'
        ? [connection(settingsOf.connection, ['groups', name, 'oncall', 'connection'])]
        : [],
    ),
    ...(['runbooks', 'postmortem'] as const).flatMap((key) => {
      const name = settings[key]?.connection ?? null;
      return name === null ? [] : [connection(name, [key, 'connection'])];
    }),
    ...settings.approvals.flatMap((policy, index) => [
      ...policy.groups.map((name, at) => group(name, ['approvals', index, 'groups', at])),
      ...policy.breakGlass.map((name, at) => group(name, ['approvals', index, 'breakGlass', at])),
      ...(policy.services ?? []).map((name, at) =>
        value('service', name, services, ['approvals', index, 'services', at]),
      ),
      ...(policy.environments ?? []).map((name, at) =>
        value('environment', name, environments, ['approvals', index, 'environments', at]),
      ),
    ]),
    ...(['declare', 'steer', 'redact', 'token'] as const).flatMap((right) =>
      (settings.permissions[right] ?? []).map((name, at) =>
        group(name, ['permissions', right, at]),
      ),
    ),
    ...Object.entries(settings.escalation).flatMap(([severity, steps]) => [
      value('severity', severity, severities, ['escalation', severity]),
      ...steps.map(({ tell }, at) => group(tell, ['escalation', severity, at, 'tell'])),
    ]),
    ...Object.entries(settings.incident.severities).flatMap(([severity, told]) =>
      (['invite', 'followers'] as const).flatMap((key) =>
        told[key].map((name, at) => group(name, ['incident', 'severities', severity, key, at])),
      ),
    ),
    ...settings.alerts.map(({ severity }, index) =>
      value('severity', severity, severities, ['alerts', index, 'severity']),
    ),
  ];
}

function value(what: string, name: string, known: readonly string[], path: Path): Name {
  return { rule: 'bad-value', what, name, known, path };
}
