/** `name` is `owner/name`; how it is reached stands in the settings under `connection`. */
export type Repository = { connection: string; name: string };

export type Commit = {
  sha: string;
  /** The first line of its message. */
  subject: string;
  author: string;
  at: string | null;
  url: string | null;
};

export type Comparison = {
  /** Those of `to` that `from` does not have, newest first; at most 250. */
  commits: readonly Commit[];
  /** Every file that differs, a renamed one under both names. */
  files: readonly string[];
};

export type PullRequest = {
  number: number;
  title: string;
  url: string;
  state: 'open' | 'closed';
  /** Null where a deleted account wrote it. */
  author: string | null;
  /** The newest commit that it brings. */
  head: string;
  /** Where it branched off from what it is to go into. */
  base: string;
  /** A stranger's: it comes from another repository, and its author does not work on this one. */
  foreign: boolean;
};

/** A file of a tree, with its size in bytes. The same `id` is the same content, in every commit. */
export type TreeFile = { path: string; id: string; size: number };

export type Annotation = {
  path: string;
  startLine: number;
  endLine: number;
  /** On one line only. */
  columns: { start: number; end: number } | null;
  level: 'warning' | 'failure';
  title: string;
  message: string;
};

export type CheckReport = {
  commit: string;
  name: string;
  /** Reports of one key are one report. */
  key: string;
  conclusion: 'success' | 'failure' | 'neutral';
  title: string;
  summary: string;
  annotations: readonly Annotation[];
};

export type Linked = { number: number; url: string };

/**
 * Where code is kept and talked about. Whatever is written is written once: it is looked for before
 * it is made, and again when the answer was lost; so each of these may be called any number of times.
 * A PortError with `retry: true` means that the same call may succeed later.
 */
export interface CodeHost {
  compare(
    repository: Repository,
    range: { from: string; to: string },
    signal: AbortSignal,
  ): Promise<Comparison>;
  /** Pull requests that brought these commits, each once. */
  pullRequestsOf(
    repository: Repository,
    commits: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly PullRequestOfCommit[]>;
  pullRequest(repository: Repository, number: number, signal: AbortSignal): Promise<PullRequest>;

  /**
   * The commit that a branch is at. `unless` is the `tag` of an earlier answer: null when nothing
   * has changed since, which costs nothing of the host's limits.
   */
  branchHead(
    repository: Repository,
    branch: string,
    unless: string | null,
    signal: AbortSignal,
  ): Promise<{ commit: string; tag: string | null } | null>;
  /** The files below a folder; empty where there is no such folder. */
  listFiles(
    repository: Repository,
    at: { commit: string; folder: string },
    signal: AbortSignal,
  ): Promise<readonly TreeFile[]>;
  readFile(repository: Repository, id: string, signal: AbortSignal): Promise<Uint8Array>;
  /** A file at a branch, tag or commit (default: the default branch); null where there is none. */
  readPath(
    repository: Repository,
    at: { path: string; ref: string | null },
    signal: AbortSignal,
  ): Promise<Uint8Array | null>;

  /** False where this connection may not write checks. */
  reportCheck(repository: Repository, report: CheckReport, signal: AbortSignal): Promise<boolean>;
  /** Writes the one comment of ours that carries the marker, in place. */
  putComment(
    repository: Repository,
    comment: { number: number; marker: string; text: string },
    signal: AbortSignal,
  ): Promise<void>;
  /** A pull request that adds one file. One of the same branch is answered as it is, also once closed. */
  proposeFile(
    repository: Repository,
    proposal: { branch: string; path: string; text: string; title: string; body: string },
    signal: AbortSignal,
  ): Promise<Linked>;
  /** An issue, found again by the marker in its text among those made since. */
  openIssue(
    repository: Repository,
    issue: { marker: string; title: string; body: string; since: string },
    signal: AbortSignal,
  ): Promise<Linked>;
}

export type PullRequestOfCommit = {
  number: number;
  title: string;
  url: string;
  author: string | null;
};
