import { answerPlan } from '#cli/run/answer-plan.ts';
import type { SessionOptions } from '#cli/run/session.ts';

export async function approve(
  run: string,
  { reason, ...options }: SessionOptions & { yes?: boolean; reason?: string },
): Promise<number> {
  return answerPlan('approve', run, {
    ...options,
    values: reason === undefined ? {} : { reason },
  });
}
