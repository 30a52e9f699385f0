import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { codeRepository } from '#domain/runbook/code-repository.ts';
import { readRunbook } from '#domain/runbook/read-runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { CodeHost, Repository } from '#ports/code-host.ts';
import type { Log } from '#ports/log.ts';
import { PortError } from '#ports/port-error.ts';
import type { BranchCheckout, RunbookBranch } from '#ports/runbook-branch.ts';

import { branchFolder, type BranchState, readState, writeState } from './branch-state.ts';
import { fetchCommit, type FetchDeps } from './fetch-commit.ts';

export type BranchMirror = RunbookBranch & {
  /** Takes over what the disk has, so that nothing needs the code host to start. */
  open(): Promise<void>;
};

type Wanted = { repository: Repository; branch: string; path: string; folder: string };

/**
 * Keeps the runbooks of a branch on this machine, one commit at a time: a commit is there as a
 * whole or not at all, and the one before stays in force until then, also while the code host is
 * away.
 */
export function createBranchMirror(deps: {
  code: FetchDeps & Pick<CodeHost, 'branchHead'>;
  settings: () => Settings;
  /** Our own files. */
  folder: string;
  log: Log;
  /** Called when another commit is in force. */
  onChange: () => Promise<void>;
}): BranchMirror {
  let state: BranchState | null = null;
  let opened = '';
  let shown: string | null = null;
  let problem: string | null = null;

  function wanted(): Wanted | string | null {
    const { runbooks } = deps.settings();
    if (runbooks?.branch == null) return null;
    const found = codeRepository(deps.settings(), runbooks);
    if (!found.ok) return found.message;
    const { repository } = found;
    const { branch, path } = runbooks;
    const folder = branchFolder(deps.folder, [
      repository.connection,
      repository.name,
      branch,
      path,
    ]);
    return { repository, branch, path, folder };
  }

  async function show(commit: string): Promise<void> {
    shown = commit;
    await deps.onChange();
  }

  async function openState(folder: string): Promise<void> {
    if (opened === folder) return;
    opened = folder;
    state = await readState(folder);
    shown = null;
    if (state === null) return;
    if (state.good !== null && state.good !== state.commit) await show(state.good);
    await show(state.commit);
  }

  async function fetchNewest(want: Wanted, signal: AbortSignal): Promise<void> {
    const { repository, branch, path, folder } = want;
    await openState(folder);
    const head = await deps.code.branchHead(repository, branch, state?.tag ?? null, signal);
    if (head === null || head.commit === state?.commit) return;
    const before = state?.commit ?? null;
    const at = { commit: head.commit, path, folder, before };
    const files = await fetchCommit(deps.code, repository, at, signal);
    const sound = await allReadable(join(folder, head.commit), Object.keys(files));
    state = { ...head, files, good: sound ? head.commit : (state?.good ?? null) };
    await writeState(folder, state);
    deps.log.info({ commit: head.commit, branch, repository: repository.name }, 'runbooks changed');
    await show(head.commit);
  }

  let running: Promise<void> = Promise.resolve();
  return {
    current(): BranchCheckout | null {
      const want = wanted();
      if (want === null) return null;
      if (typeof want === 'string') {
        return { name: 'runbooks', folder: null, commit: null, problem: want };
      }
      const isOpen = opened === want.folder && shown !== null;
      return {
        name: `${want.repository.name}@${want.branch}`,
        folder: isOpen && shown !== null ? join(want.folder, shown) : null,
        commit: isOpen ? shown : null,
        problem,
      };
    },
    async open() {
      const want = wanted();
      if (want !== null && typeof want !== 'string') await openState(want.folder);
    },
    refresh(signal) {
      running = inTurn(running, signal);
      return running;
    },
  };

  async function inTurn(before: Promise<void>, signal: AbortSignal): Promise<void> {
    await before.catch(() => {});
    const want = wanted();
    if (want === null || typeof want === 'string') return;
    const known = problem;
    problem = await problemOf(fetchNewest(want, signal), signal);
    if (problem === known) return;
    if (problem !== null) deps.log.warn({ problem }, 'the branch of runbooks cannot be read');
    await deps.onChange();
  }
}

async function problemOf(fetching: Promise<void>, signal: AbortSignal): Promise<string | null> {
  try {
    await fetching;
    return null;
  } catch (error) {
    if (error instanceof PortError) return error.message;
    if (!signal.aborted) throw error;
    return 'The code host did not answer in time.';
  }
}

async function allReadable(folder: string, files: readonly string[]): Promise<boolean> {
  for (const file of files.filter((name) => !/(\.test\.ya?ml|^handrail\.yaml)$/.test(name))) {
    const bytes = await readFile(join(folder, file));
    if (readRunbook({ file, bytes }).runbook === null) return false;
  }
  return true;
}
