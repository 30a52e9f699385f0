import { answerPlan } from '#cli/run/answer-plan.ts';
import type { SessionOptions } from '#cli/run/session.ts';

export async function approve(
  run: string,
  options: SessionOptions & { yes?: boolean },
): Promise<number> {
  return answerPlan('approve', run, { ...options, values: {} });
}
