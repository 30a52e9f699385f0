import { kindOf } from '#domain/runbook/kind-of.ts';
import { policyFor } from '#domain/runbook/policy-for.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import type { ApprovalPolicy, Settings } from '#domain/runbook/settings.ts';

import { fixedText, type LocatedStep, locatedSteps, type Subject } from './rule.ts';

/** A write in one environment where it may happen, with the policy for it there. */
export type LocatedWrite = LocatedStep & { environment: string; policy: ApprovalPolicy | null };

/** Every write of a runbook, once for each environment that the settings know and it may mean. */
export function writesIn(subject: Subject & { settings: Settings }): readonly LocatedWrite[] {
  const { runbook, settings } = subject;
  return locatedSteps(subject)
    .filter(({ step }) => kindOf(step.uses)?.role === 'write')
    .flatMap((located) => {
      const { uses, with: given } = located.step;
      const service = fixedText(given['service']) ?? runbook.service;
      const fixed = fixedText(given['environment']);
      const environments = fixed === null ? environmentsOf(runbook, service, settings) : [fixed];
      return environments.map((environment) => ({
        ...located,
        environment,
        policy: policyFor(settings.approvals, { service, environment, action: uses }),
      }));
    });
}

/** Those that the runbook's own input allows, or else all of the service. */
function environmentsOf(runbook: Runbook, service: string, settings: Settings): readonly string[] {
  const allowed = runbook.inputs['environment']?.enum;
  const all = settings.services[service]?.environments ?? [];
  return allowed?.filter((one) => typeof one === 'string') ?? all;
}

/** Of the findings for one step in several environments the first is enough. */
export function oncePerStep<T extends LocatedStep>(found: readonly T[]): readonly T[] {
  const seen = new Set<unknown>();
  return found.filter(({ step }) => !seen.has(step) && seen.add(step));
}
