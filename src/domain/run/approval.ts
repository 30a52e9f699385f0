import { policyFor } from '#domain/runbook/policy-for.ts';
import type { Step } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';

/** What the settings ask for before a step may write. */
export type Requirement = {
  required: number;
  groups: readonly string[];
  breakGlass: readonly string[];
  oncall: string;
};

/** After how long without an answer the service's on-call may break the glass. */
export const oncallBreaksGlassAfterMs = 3 * 60_000;

/**
 * The first policy that matches the write, tightened by the step: more people, fewer groups, never
 * the other way. Null when no policy matches: such a write is refused.
 */
export function requirementFor(
  settings: Settings,
  write: { step: Step; service: string; environment: string },
): Requirement | null {
  const { service, environment, step } = write;
  const policy = policyFor(settings.approvals, { service, environment, action: step.uses });
  if (policy === null) return null;
  const asked = step.approval;
  const only = asked?.groups ?? policy.groups;
  return {
    required: Math.max(policy.required, asked?.required ?? 0),
    // Where the policy asks nobody, the step's groups are no widening.
    groups: policy.required === 0 ? only : policy.groups.filter((group) => only.includes(group)),
    breakGlass: policy.breakGlass,
    oncall: oncallGroup(settings, service),
  };
}

/** The group to turn to for a service: `<owner>-oncall` where the settings have it, else the owner. */
export function oncallGroup(settings: Settings, service: string | null): string {
  const owner = (service === null ? null : settings.services[service]?.owner) ?? '';
  return `${owner}-oncall` in settings.groups ? `${owner}-oncall` : owner;
}
