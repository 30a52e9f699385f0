import type { Diagnostic } from '#domain/diagnostic.ts';
import { hasTemplate } from '#domain/expressions/template.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';
import { policyFor } from '#domain/runbook/policy-for.ts';
import type { RuleId } from '#domain/runbook/rule-id.ts';
import type { Step } from '#domain/runbook/runbook.ts';
import type { ApprovalPolicy, Settings } from '#domain/runbook/settings.ts';

import { atKey, atValue, type LocatedStep, locatedSteps, type SettingsRule } from './rule.ts';

/** Every write has a policy wherever it may run, a step only tightens it, and it can be met. */
export const approvals: SettingsRule = (subject) => {
  const { file, runbook, settings } = subject;
  return locatedSteps(subject)
    .filter(({ step }) => kindOf(step.uses)?.role === 'write')
    .flatMap((located) => {
      const service = text(located.step.with['service']) ?? runbook.service;
      const found = environmentsOf(located.step, service, settings).map((environment) =>
        findingFor(located, { service, environment }, settings),
      );
      const first = found.find((finding) => finding !== null);
      if (first === undefined || first === null) return [];
      const { rule, message, key } = first;
      const path = [...located.path, ...key];
      const at = key.length > 1 ? atKey(file, path) : atValue(file, path);
      return [file.source.problem(rule, at, message) satisfies Diagnostic];
    });
};

type Finding = { rule: RuleId; message: string; key: readonly string[] };

function findingFor(
  { step }: LocatedStep,
  where: { service: string; environment: string },
  settings: Settings,
): Finding | null {
  const policy = policyFor(settings.approvals, { ...where, action: step.uses });
  if (policy === null) {
    return {
      rule: 'write-without-policy',
      message: `no approval policy matches ${step.uses} in ${where.environment}: it would be refused`,
      key: ['uses'],
    };
  }
  const widened = widening(step, policy);
  if (widened !== null) return { rule: 'approval-widened', ...widened };

  const required = Math.max(policy.required, step.approval?.required ?? 0);
  const groups = step.approval?.groups ?? policy.groups;
  const people = membersKnown(groups, settings);
  return people !== null && people < required
    ? {
        rule: 'approval-unsatisfiable',
        message: `${required} approvals are needed in ${where.environment}, and ${groups.join(', ')} has ${people} people`,
        key: ['uses'],
      }
    : null;
}

function widening(step: Step, policy: ApprovalPolicy): Omit<Finding, 'rule'> | null {
  const { required = null, groups = null } = step.approval ?? {};
  if (required !== null && required < policy.required) {
    const message = `the policy asks for ${policy.required} people, a step cannot ask for fewer`;
    return { message, key: ['approval', 'required'] };
  }
  const added = (groups ?? []).filter((group) => !policy.groups.includes(group));
  if (added.length === 0) return null;
  return { message: `the policy does not admit ${added.join(', ')}`, key: ['approval', 'groups'] };
}

/** How many distinct people, or null where only the chat or a pager knows. */
function membersKnown(groups: readonly string[], settings: Settings): number | null {
  const people = new Set<string>();
  for (const name of groups) {
    const group = settings.groups[name];
    if (group === undefined) continue;
    if (group.kind !== 'users') return null;
    for (const user of group.users) people.add(user);
  }
  return people.size;
}

function environmentsOf(step: Step, service: string, settings: Settings): readonly string[] {
  const fixed = text(step.with['environment']);
  return fixed === null ? (settings.services[service]?.environments ?? []) : [fixed];
}

function text(value: unknown): string | null {
  return typeof value === 'string' && !hasTemplate(value) ? value : null;
}
