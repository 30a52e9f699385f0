import type { RunbookBranch } from '#ports/runbook-branch.ts';

import type { App } from './app.ts';

/** A push tells us sooner; where no webhook reaches us, this is how long a merged runbook takes. */
const everyMs = 60_000;
const timeoutMs = 30_000;

/** Looks for a newer commit of the runbooks again and again, until the signal fires. */
export async function keepBranchFresh(
  app: Pick<App, 'clock' | 'log'>,
  branch: RunbookBranch,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await app.clock.pause(everyMs, signal).catch(() => {});
    const soon = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    await branch.refresh(soon).catch((error: unknown) => {
      app.log.error({ error }, 'the branch of runbooks could not be kept fresh');
    });
  }
}
