import { codeRepository } from '#domain/runbook/code-repository.ts';
import type { RunbookBranch } from '#ports/runbook-branch.ts';

import type { App } from './app.ts';
import { pullRequestJob } from './pull-request/check-pull-request.ts';

/** What a code host tells us of. `repository` is `owner/name`. */
export type CodeEvent =
  | { kind: 'pullRequest'; repository: string; number: number; head: string }
  | { kind: 'push'; repository: string; branch: string };

const refreshTimeoutMs = 60_000;

/**
 * Resolves when what follows is in the queue; a rejection means: send it again. A push is only a
 * hint to look sooner than the next time: nothing is lost with it.
 */
export async function receiveCodeEvent(
  app: Pick<App, 'runbooks' | 'jobs' | 'log'>,
  branch: RunbookBranch,
  event: CodeEvent,
): Promise<void> {
  const settings = app.runbooks.settings();
  const { runbooks } = settings;
  const found = runbooks && codeRepository(settings, runbooks);
  if (found?.ok !== true) return;
  if (found.repository.name.toLowerCase() !== event.repository.toLowerCase()) return;

  switch (event.kind) {
    case 'pullRequest':
      await app.jobs.enqueue(pullRequestJob(event.repository, event.number, event.head));
      return;
    case 'push':
      if (event.branch !== runbooks?.branch) return;
      branch.refresh(AbortSignal.timeout(refreshTimeoutMs)).catch((error: unknown) => {
        app.log.error({ error }, 'the branch of runbooks could not be read after a push');
      });
      return;
    default:
      return event satisfies never;
  }
}
