import { answerPlan } from '#cli/run/answer-plan.ts';
import type { SessionOptions } from '#cli/run/session.ts';

export async function reject(
  run: string,
  { reason, ...options }: SessionOptions & { yes?: boolean; reason?: string },
): Promise<number> {
  return answerPlan('reject', run, { ...options, values: reason === undefined ? {} : { reason } });
}
