import type { App } from '#app/app.ts';
import { textOf } from '#domain/json.ts';
import { codeRepository } from '#domain/runbook/code-repository.ts';
import { isYamlPath } from '#domain/runbook/repository-path.ts';
import { MAX_BYTES } from '#domain/runbook/yaml/limits.ts';
import type { CodeHost, PullRequest, Repository, TreeFile } from '#ports/code-host.ts';
import type { NewJob } from '#ports/event-store.ts';
import type { Task } from '#ports/jobs.ts';

import { commentText } from './comment-text.ts';
import type { Examine } from './examine.ts';
import { annotationsOf, conclusionOf, findingsOf, summaryOf } from './findings.ts';

const CHECK = 'Handrail runbooks';
const MARKER = '<!-- handrail:runbooks -->';
const timeoutMs = 120_000;

export type PullRequestDeps = Pick<App, 'log' | 'sha256'> & {
  code: Pick<CodeHost, 'pullRequest' | 'listFiles' | 'readFile' | 'reportCheck' | 'putComment'>;
  runbooks: Pick<App['runbooks'], 'settings'>;
  examine: Examine;
};

/** Of one pull request only one is checked at a time, so that it never gets two comments. */
export function pullRequestJob(repository: string, number: number, head: string): NewJob {
  const name = `${repository.toLowerCase()}#${number}`;
  return {
    task: 'pullRequest',
    payload: { repository, number },
    key: `pull-request:${name}:${head}`,
    queue: `pull-request:${name}`,
    priority: 5,
  };
}

/**
 * Checks what a pull request does to the runbooks: lint and tests as a check with annotations, and
 * one comment that says what changes for a responder. It looks at the pull request as it is by then.
 */
export function checkPullRequest(deps: PullRequestDeps): Task {
  return async (payload, stopped) => {
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(timeoutMs)]);
    const { runbooks: source } = deps.runbooks.settings();
    const found = source && codeRepository(deps.runbooks.settings(), source);
    if (source === null || found?.ok !== true) return;
    const { repository } = found;
    if (repository.name.toLowerCase() !== textOf(payload['repository']).toLowerCase()) return;

    const pull = await deps.code.pullRequest(repository, Number(payload['number']), signal);
    if (pull.state !== 'open') return;
    const { path: folder } = source;
    const [before, after] = await Promise.all([
      yamlFiles(deps, repository, { commit: pull.base, folder }, signal),
      yamlFiles(deps, repository, { commit: pull.head, folder }, signal),
    ]);
    const changed = changedFiles(before, after);
    if (changed.size === 0) return;
    if (pull.foreign) return reportForeign(deps, repository, pull, signal);

    const read = createReading(deps, repository, signal);
    const [was, is] = await Promise.all([
      read(before).then(deps.examine),
      read(after).then(deps.examine),
    ]);
    const findings = findingsOf(was, is, changed);
    const files = new Set(after.map(({ path }) => path));
    const commit = pull.head;
    const text = commentText({ commit, folder, before: was, after: is, files, findings });
    const report = {
      conclusion: conclusionOf(findings),
      title: summaryOf(findings),
      summary: `See the comment of Handrail in ${pull.url} for what changes.`,
      annotations: annotationsOf(findings, folder),
    };
    const key = `${commit}.${deps.sha256(JSON.stringify(report)).slice(0, 12)}`;
    const { number } = pull;
    await deps.code.putComment(repository, { number, marker: MARKER, text }, signal);
    const check = { ...report, commit, name: CHECK, key };
    const written = await deps.code.reportCheck(repository, check, signal);
    if (!written) deps.log.info({ repository: repository.name }, 'only an App can write checks');
  };
}

/** Tests of strangers would run in here, so somebody who works on the repository has to vouch for them. */
async function reportForeign(
  deps: PullRequestDeps,
  repository: Repository,
  { head }: PullRequest,
  signal: AbortSignal,
): Promise<void> {
  await deps.code.reportCheck(
    repository,
    {
      commit: head,
      name: CHECK,
      key: `${head}.foreign`,
      conclusion: 'neutral',
      title: 'Not checked: it comes from outside of the repository',
      summary: 'Push it to a branch of the repository to have it checked.',
      annotations: [],
    },
    signal,
  );
}

async function yamlFiles(
  { code }: PullRequestDeps,
  repository: Repository,
  at: { commit: string; folder: string },
  signal: AbortSignal,
): Promise<readonly TreeFile[]> {
  const files = await code.listFiles(repository, at, signal);
  return files.filter(({ path }) => isYamlPath(path));
}

function changedFiles(
  before: readonly TreeFile[],
  after: readonly TreeFile[],
): ReadonlySet<string> {
  const was = new Map(before.map(({ path, id }) => [path, id]));
  const is = new Map(after.map(({ path, id }) => [path, id]));
  const all = [...was.keys(), ...is.keys()];
  return new Set(all.filter((path) => was.get(path) !== is.get(path)));
}

/** Reads the files of a commit; what two commits have in common is read once. */
function createReading({ code }: PullRequestDeps, repository: Repository, signal: AbortSignal) {
  const known = new Map<string, Promise<Uint8Array>>();

  function contentOf({ id, size }: TreeFile): Promise<Uint8Array> {
    // Too large for a runbook: the reader refuses it by its length alone.
    if (size > MAX_BYTES) return Promise.resolve(new Uint8Array(MAX_BYTES + 1));
    const content = known.get(id) ?? code.readFile(repository, id, signal);
    known.set(id, content);
    return content;
  }
  return async (files: readonly TreeFile[]): Promise<ReadonlyMap<string, Uint8Array>> =>
    new Map(
      await Promise.all(files.map(async (file) => [file.path, await contentOf(file)] as const)),
    );
}
