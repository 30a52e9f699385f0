import type { Diagnostic } from '#domain/diagnostic.ts';
import { closest } from '#domain/runbook/did-you-mean.ts';
import { stepKinds } from '#domain/runbook/kinds/registry.ts';
import type { ConnectionSettings, Settings } from '#domain/runbook/settings.ts';

import { whyNoPattern } from './bad-regex.ts';
import { atKey, atValue, type ParsedFile } from './rule.ts';

/** What fits its key and would still never do what its owners mean by it. */
export function uselessValues(settings: Settings, file: ParsedFile): readonly Diagnostic[] {
  return [
    ...unknownActions(settings, file),
    ...badMatchers(settings, file),
    ...unreachableConnections(settings, file),
    ...unfitConnections(settings, file),
  ];
}

const writes = stepKinds.filter(({ role }) => role === 'write').map(({ name }) => name);

/** A policy for what no step can do holds for nothing. */
function unknownActions({ approvals }: Settings, file: ParsedFile): readonly Diagnostic[] {
  return approvals.flatMap(({ actions }, index) =>
    (actions ?? []).flatMap((action, at): readonly Diagnostic[] => {
      const begin = action.endsWith('*') ? action.slice(0, -1) : null;
      const known = writes.some((name) =>
        begin === null ? name === action : name.startsWith(begin),
      );
      if (known) return [];
      const guess = closest(action, writes);
      const hint = guess === null ? `there are ${writes.join(', ')}` : `did you mean "${guess}"?`;
      const place = atValue(file, ['approvals', index, 'actions', at]);
      return [file.source.problem('bad-value', place, `no step that writes is "${action}"`, hint)];
    }),
  );
}

function badMatchers({ alerts }: Settings, file: ParsedFile): readonly Diagnostic[] {
  return alerts.flatMap(({ match }, index) =>
    Object.entries(match).flatMap(([label, value]) => {
      const why = value.startsWith('~') ? whyNoPattern(value.slice(1)) : null;
      const place = atValue(file, ['alerts', index, 'match', label]);
      return why === null ? [] : [file.source.problem('bad-regex', place, why)];
    }),
  );
}

/** GitHub and PagerDuty have a place of their own; everything else is somewhere. */
const EVERYWHERE = new Set<ConnectionSettings['type']>(['github', 'pagerduty']);

function unreachableConnections(
  { connections }: Settings,
  file: ParsedFile,
): readonly Diagnostic[] {
  return Object.entries(connections)
    .filter(([, { type, url }]) => url === null && !EVERYWHERE.has(type))
    .map(([name]) =>
      file.source.problem(
        'bad-value',
        atKey(file, ['connections', name]),
        'the key "url" is missing',
      ),
    );
}

/** What a connection has to speak for the steps that use it. */
const ROLES: Readonly<Record<string, readonly ConnectionSettings['type'][]>> = {
  metrics: ['prometheus'],
  deploys: ['deploy-api', 'argocd'],
  flags: ['http', 'unleash', 'openfeature'],
  http: ['http'],
  code: ['github'],
};

function unfitConnections(settings: Settings, file: ParsedFile): readonly Diagnostic[] {
  return Object.entries(settings.services).flatMap(([service, { connections }]) =>
    Object.entries(connections).flatMap(([role, name]): readonly Diagnostic[] => {
      const path = ['services', service, 'connections', role];
      const types = ROLES[role];
      if (types === undefined) {
        const guess = closest(role, Object.keys(ROLES));
        const roles = `connections are for ${Object.keys(ROLES).join(', ')}`;
        const hint = guess === null ? roles : `did you mean "${guess}"?`;
        const message = `nothing uses a connection for "${role}"`;
        return [file.source.problem('bad-value', atKey(file, path), message, hint)];
      }
      const type = settings.connections[name]?.type;
      if (type === undefined || types.includes(type)) return [];
      const message = `"${name}" is of type ${type}, and ${role} takes ${types.join(', ')}`;
      return [file.source.problem('bad-value', atValue(file, path), message)];
    }),
  );
}
