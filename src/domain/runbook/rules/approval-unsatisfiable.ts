import type { Diagnostic } from '#domain/diagnostic.ts';
import type { Settings } from '#domain/runbook/settings.ts';

import { atValue, type ParsedFile, type SettingsRule } from './rule.ts';
import { oncePerStep, writesIn } from './writes-in.ts';

/** There are as many people as a write needs approvals, where the settings themselves name them. */
export const approvalUnsatisfiable: SettingsRule = (subject) => {
  const { file, settings } = subject;
  const unmet = writesIn(subject).flatMap((write) => {
    const { policy, step, environment } = write;
    if (policy === null) return [];
    const required = Math.max(policy.required, step.approval?.required ?? 0);
    const groups = step.approval?.groups ?? policy.groups;
    const lack = lackOfPeople(required, groups, settings);
    return lack === null ? [] : [{ ...write, message: `${lack} in ${environment}` }];
  });
  return oncePerStep(unmet).map(({ path, message }) =>
    file.source.problem('approval-unsatisfiable', atValue(file, [...path, 'uses']), message),
  );
};

/** The same for the policies themselves. */
export function unmetPolicies(settings: Settings, file: ParsedFile): readonly Diagnostic[] {
  return settings.approvals.flatMap(({ required, groups }, index) => {
    const lack = lackOfPeople(required, groups, settings);
    if (lack === null) return [];
    const at = atValue(file, ['approvals', index, 'required']);
    return [file.source.problem('approval-unsatisfiable', at, lack)];
  });
}

function lackOfPeople(
  required: number,
  groups: readonly string[],
  settings: Settings,
): string | null {
  const people = membersKnown(groups, settings);
  if (people === null || required === 0 || people >= required) return null;
  const approvals = required === 1 ? '1 approval is' : `${required} approvals are`;
  return `${approvals} needed, and ${groups.join(', ')} has ${count(people)}`;
}

function count(people: number): string {
  if (people === 0) return 'nobody';
  return people === 1 ? '1 person' : `${people} people`;
}

function personOf(user: string, { identities }: Settings): string {
  return Object.values(identities).find((ids) => ids.includes(user))?.[0] ?? user;
}

/** How many distinct people, or null where only the chat or a pager knows. */
function membersKnown(groups: readonly string[], settings: Settings): number | null {
  const people = new Set<string>();
  for (const name of groups) {
    const group = settings.groups[name];
    // An unknown one has a finding of its own.
    if (group === undefined) return null;
    if (group.kind !== 'users') return null;
    for (const user of group.users) people.add(personOf(user, settings));
  }
  return people.size;
}
