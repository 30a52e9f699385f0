import { textOf } from '#domain/json.ts';

import type { App } from './app.ts';

const scope = 'night-problem';

/** Why the last night has nothing to say about a runbook; null where it has. */
export async function nightProblem(
  app: Pick<App, 'store'>,
  runbook: string,
): Promise<string | null> {
  return textOf(await app.store.mark(scope, runbook)) || null;
}

export async function setNightProblem(
  app: Pick<App, 'store'>,
  runbook: string,
  problem: string | null,
): Promise<void> {
  await app.store.setMark({ scope, key: runbook, value: problem });
}
