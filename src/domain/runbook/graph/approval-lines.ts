import { requirementFor } from '#domain/run/approval.ts';
import type { Runbook, Step } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';

/**
 * Who has to approve a write, a line for each environment that it may hit; environments with the
 * same answer share one.
 */
export function approvalLines(runbook: Runbook, step: Step, settings: Settings): readonly string[] {
  const service = literal(step.with['service']) ?? runbook.service;
  const byAnswer = new Map<string, string[]>();
  for (const environment of environmentsOf(runbook, step, settings, service)) {
    const answer = approvalIn(settings, { step, service, environment });
    byAnswer.set(answer, [...(byAnswer.get(answer) ?? []), environment]);
  }
  return [...byAnswer].map(([answer, environments]) => `${environments.join(', ')}: ${answer}`);
}

function approvalIn(
  settings: Settings,
  write: { step: Step; service: string; environment: string },
): string {
  const requirement = requirementFor(settings, write);
  if (requirement === null) return 'refused, no policy allows it';
  const { required, groups } = requirement;
  if (required === 0) return 'no approval needed';
  return `${required} ${required === 1 ? 'approval' : 'approvals'} from ${groups.join(' or ')}`;
}

function environmentsOf(
  runbook: Runbook,
  step: Step,
  settings: Settings,
  service: string,
): readonly string[] {
  const given = literal(step.with['environment']);
  if (given !== null) return [given];
  const all = settings.services[service]?.environments ?? [];
  const allowed = runbook.inputs['environment']?.enum;
  return allowed === undefined ? all : all.filter((name) => allowed.includes(name));
}

/** A text without an expression, which alone is known beforehand. */
function literal(value: unknown): string | null {
  return typeof value === 'string' && !value.includes('${{') ? value : null;
}
