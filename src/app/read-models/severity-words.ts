import type { Settings } from '#domain/runbook/settings.ts';

/** What a severity means: the pace of updates and who is told, as a list of short words. */
export function severityWords({ incident }: Settings, severity: string): string {
  const { updateEvery, invite, followers } = incident.severities[severity] ?? {
    updateEvery: null,
    invite: [],
    followers: [],
  };
  return [
    updateEvery === null ? 'no reminders of updates' : `an update every ${updateEvery}`,
    ...(invite.length === 0 ? [] : [`invites ${invite.join(', ')}`]),
    ...(followers.length === 0 ? [] : [`keeps ${followers.join(', ')} informed`]),
  ].join('; ');
}
