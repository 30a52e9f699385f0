import type { Run } from '#domain/run/state.ts';
import { revisionText } from '#domain/runbook/revision.ts';
import type { Runbooks } from '#ports/runbooks.ts';

/**
 * What has become of a runbook since an open run began with it, in words; null where it is the same.
 * The run finishes on the text that it carries, whatever is said here.
 */
export function newerVersion(runbooks: Pick<Runbooks, 'get'>, run: Run): string | null {
  if (run.end !== null) return null;
  const began = run.document;
  const now = runbooks.get(began.runbook.id);
  if (now === null) return 'this runbook has been removed since';
  return now.digest === began.digest ? null : `a newer version exists: ${revisionText(now)}`;
}
