import { parseDuration } from '#domain/duration.ts';
import type { Settings } from '#domain/runbook/settings.ts';

import { oncallGroup } from './approval.ts';
import type { Rung } from './state.ts';

/**
 * Whom a wait for people tells, and when. By default the service's on-call at once and again after
 * two minutes, the commanders after five.
 */
export function escalationFor(
  settings: Settings,
  wait: { severity: string | null; service: string },
): Rung[] {
  const rungs = wait.severity === null ? undefined : settings.escalation[wait.severity];
  if (rungs !== undefined) {
    return rungs.map(({ after, tell }) => ({ afterMs: parseDuration(after) ?? 0, tell }));
  }
  const oncall = oncallGroup(settings, wait.service);
  const commanders = 'incident-commanders' in settings.groups ? 'incident-commanders' : oncall;
  return [
    { afterMs: 0, tell: oncall },
    { afterMs: 2 * 60_000, tell: oncall },
    { afterMs: 5 * 60_000, tell: commanders },
  ];
}
