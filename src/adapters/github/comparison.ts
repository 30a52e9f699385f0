import type { CodeHost, Commit, Comparison } from '#ports/code-host.ts';

import type { Call } from './client.ts';
import { listFiles } from './contents.ts';

const PAGE = 100;
const MOST_PAGES = 3;
/** GitHub lists no more files of a comparison, and does not say so. */
const MOST_FILES = 300;
/** Commits whose pull requests are looked up: each is a call. */
const MOST_COMMITS = 30;
const KEPT = 200;

/**
 * Comparisons of two commits never change, so each is asked for once. That a plan is made again just
 * before it is acted upon needs no second answer of GitHub.
 */
export function createCompare(call: Call): CodeHost['compare'] {
  const known = new Map<string, Comparison>();
  return async (repository, range, signal) => {
    const { from, to } = range;
    const fixed = [from, to].every((name) => /^[0-9a-f]{40}$/.test(name));
    const key = JSON.stringify([repository, from, to]);
    const before = known.get(key);
    if (before !== undefined) return before;

    const comparison = await call(repository, signal, async (octokit, place) => {
      const page = async (number: number) => {
        const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
          ...place,
          basehead: `${from}...${to}`,
          per_page: PAGE,
          page: number,
        });
        return data;
      };
      const first = await page(1);
      const last = Math.max(1, Math.ceil(first.total_commits / PAGE));
      // The oldest commits come first; of too many the newest are kept.
      const numbers = Array.from({ length: last }, (_, index) => index + 1).slice(-MOST_PAGES);
      const pages = await Promise.all(
        numbers.map(async (number) => (number === 1 ? first : page(number))),
      );
      const listed = (first.files ?? []).flatMap(({ filename, previous_filename: earlier }) => [
        filename,
        ...(earlier === undefined ? [] : [earlier]),
      ]);
      const isAhead = first.status === 'ahead' || first.status === 'identical';
      return {
        commits: pages.flatMap(({ commits }) => commits.map(commitOf)).toReversed(),
        files: isAhead && (first.files ?? []).length < MOST_FILES ? listed : null,
      };
    });
    // A comparison starts where the two branched off: it shows all the files only if one follows the other.
    const files = comparison.files ?? (await differingFiles(call, repository, range, signal));
    const compared = { ...comparison, files: [...new Set(files)].toSorted() };
    if (fixed) remember(known, key, compared);
    return compared;
  };
}

async function differingFiles(
  call: Call,
  repository: Parameters<CodeHost['compare']>[0],
  { from, to }: { from: string; to: string },
  signal: AbortSignal,
): Promise<readonly string[]> {
  const [before, after] = await Promise.all(
    [from, to].map((commit) => listFiles(call, repository, { commit, folder: '' }, signal)),
  );
  const ids = new Map(before?.map(({ path, id }) => [path, id]));
  const changed = (after ?? []).filter(({ path, id }) => {
    const same = ids.get(path) === id;
    if (ids.has(path) && same) ids.delete(path);
    return !same;
  });
  return [...changed.map(({ path }) => path), ...ids.keys()];
}

export function createPullRequestsOf(call: Call): CodeHost['pullRequestsOf'] {
  return (repository, commits, signal) =>
    call(repository, signal, async (octokit, place) => {
      const found = await Promise.all(
        commits.slice(0, MOST_COMMITS).map(async (sha) => {
          const { data } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({
            ...place,
            commit_sha: sha,
            per_page: 10,
          });
          return data;
        }),
      );
      const byNumber = new Map(found.flat().map((each) => [each.number, each]));
      return [...byNumber.values()].map(({ number, title, html_url: url, user }) => ({
        number,
        title: title.slice(0, KEPT),
        url,
        author: user?.login ?? null,
      }));
    });
}

type CommitAnswer = {
  sha: string;
  html_url: string;
  commit: { message: string; author: { name?: string; date?: string } | null };
  author: unknown;
};

function commitOf({ sha, html_url: url, commit }: CommitAnswer): Commit {
  const [subject = ''] = commit.message.split('\n');
  return {
    sha,
    subject: subject.slice(0, KEPT),
    author: commit.author?.name ?? 'unknown',
    at: commit.author?.date ?? null,
    url,
  };
}

function remember<T>(known: Map<string, T>, key: string, value: T): void {
  known.set(key, value);
  const [oldest] = known.keys();
  if (known.size > 100 && oldest !== undefined) known.delete(oldest);
}
