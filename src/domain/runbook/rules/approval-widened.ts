import type { Step } from '#domain/runbook/runbook.ts';
import type { ApprovalPolicy } from '#domain/runbook/settings.ts';

import { atKey, type SettingsRule } from './rule.ts';
import { oncePerStep, writesIn } from './writes-in.ts';

/** A step may only tighten the policy: more people, fewer groups. */
export const approvalWidened: SettingsRule = (subject) => {
  const { file } = subject;
  const widened = writesIn(subject).flatMap((write) => {
    const finding = write.policy === null ? null : widening(write.step, write.policy);
    return finding === null ? [] : [{ ...write, finding }];
  });
  return oncePerStep(widened).map(({ path, finding: { key, message } }) =>
    file.source.problem(
      'approval-widened',
      atKey(file, [...path, 'approval', key]),
      message,
      'a step may ask for more people or name fewer groups',
    ),
  );
};

function widening(step: Step, policy: ApprovalPolicy): { key: string; message: string } | null {
  const { required = null, groups = null } = step.approval ?? {};
  if (required !== null && required < policy.required) {
    const message = `the policy asks for ${policy.required} people, a step cannot ask for fewer`;
    return { key: 'required', message };
  }
  // Where the policy asks nobody, whoever is asked is one more.
  if (policy.required === 0) return null;
  const added = (groups ?? []).filter((group) => !policy.groups.includes(group));
  if (added.length === 0) return null;
  return { key: 'groups', message: `the policy does not admit ${added.join(', ')}` };
}
