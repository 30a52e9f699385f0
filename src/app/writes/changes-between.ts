import type { App } from '#app/app.ts';
import type { Deployment } from '#domain/deploys/deployment.ts';
import { codeRepository } from '#domain/runbook/code-repository.ts';
import { PortError } from '#ports/port-error.ts';

export type ChangesDeps = Pick<App, 'clock' | 'log'> & {
  code: Pick<App['code'], 'compare'>;
  runbooks: Pick<App['runbooks'], 'settings'>;
};

/** Of the code host, so that a plan is there in time without it. */
const TIMEOUT_MS = 8_000;

/**
 * What a rollback takes back, from the repository that the service has for code; for a deploy API
 * that does not tell. Undefined where it is not known: a rollback never waits for the code host.
 */
export async function changesBetween(
  deps: ChangesDeps,
  service: string,
  deployments: readonly Deployment[],
  plan: {
    from: { id: string };
    to: { id: string };
    commits: readonly string[];
    files: readonly string[];
  },
  signal: AbortSignal,
): Promise<{ commits: readonly string[]; files: readonly string[] } | undefined> {
  const settings = deps.runbooks.settings();
  const connection = settings.services[service]?.connections['code'];
  if (connection === undefined || plan.commits.length + plan.files.length > 0) return undefined;
  const commitOf = (id: string) => deployments.find((each) => each.id === id)?.commit ?? null;
  const [from, to] = [commitOf(plan.to.id), commitOf(plan.from.id)];
  if (from === null || to === null) return undefined;
  const found = codeRepository(settings, { connection, repository: null });
  if (!found.ok) return undefined;

  try {
    const either = AbortSignal.any([signal, deps.clock.deadline(TIMEOUT_MS)]);
    const { commits, files } = await deps.code.compare(found.repository, { from, to }, either);
    return { commits: commits.map(({ sha, subject }) => `${sha.slice(0, 7)} ${subject}`), files };
  } catch (error) {
    signal.throwIfAborted();
    const isTimeout = error instanceof DOMException && error.name === 'TimeoutError';
    if (!isTimeout && !(error instanceof PortError)) throw error;
    deps.log.warn({ error, service }, 'what a rollback takes back could not be read');
    return undefined;
  }
}
