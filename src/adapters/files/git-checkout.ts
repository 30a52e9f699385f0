import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';

import { type GitIndex, readGitIndex } from './git-index.ts';

/** The commit that a file is of; `modified`: its bytes are not those of the commit. */
export type Revision = { commit: string | null; modified?: boolean };

export type GitCheckout = {
  /** Of a file inside the folder. One that git does not know has no commit. */
  revision(file: string, bytes: Uint8Array): Revision;
  /** Files that change when another commit is checked out, or made. */
  marks: readonly string[];
};

const mostLinks = 5;

/**
 * What commit a folder is checked out at, read from `.git` itself: a bot's image has no git, and git
 * refuses a checkout of another user. Also for work trees and packed refs. Null where there is none,
 * or none that can be read. A change that is staged and not committed yet counts as committed.
 */
export async function readCheckout(folder: string): Promise<GitCheckout | null> {
  try {
    const inside = await realpath(folder);
    const found = await findGit(inside);
    if (found === null) return null;
    const { root, git } = found;
    const shared = resolve(git, ((await readText(join(git, 'commondir'))) ?? '.').trim());
    const commit = await resolveRef([git, shared], 'HEAD');
    if (commit === null) return null;

    const prefix = relative(root, inside).split(sep).join('/');
    const below = prefix === '' ? '' : `${prefix}/`;
    const idBytes = commit.length === 64 ? 32 : 20;
    const index = readGitIndex(await readFile(join(git, 'index')), below, idBytes);
    return {
      revision: (file, bytes) => revisionOf({ commit, index }, `${below}${file}`, bytes),
      marks: ['HEAD', 'index', 'logs/HEAD'].map((name) => join(git, name)),
    };
  } catch {
    return null;
  }
}

function revisionOf(
  { commit, index }: { commit: string; index: GitIndex },
  path: string,
  bytes: Uint8Array,
): Revision {
  const id = index.get(path);
  if (id === undefined) return { commit: null };
  const hash = createHash(commit.length === 64 ? 'sha256' : 'sha1');
  const same = hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex') === id;
  return same ? { commit } : { commit, modified: true };
}

/** Upwards from the folder; `.git` is a file in work trees and submodules. */
async function findGit(folder: string): Promise<{ root: string; git: string } | null> {
  for (let root = folder; ; root = dirname(root)) {
    const path = join(root, '.git');
    const kind = await stat(path).catch(() => null);
    if (kind?.isDirectory() === true) return { root, git: path };
    if (kind?.isFile() === true) {
      const [, target] = /^gitdir: (.+)\n?$/.exec(await readFile(path, 'utf8')) ?? [];
      return target === undefined ? null : { root, git: resolve(root, target) };
    }
    if (dirname(root) === root) return null;
  }
}

async function resolveRef(folders: readonly string[], name: string): Promise<string | null> {
  let ref = name;
  for (let links = 0; links < mostLinks; links += 1) {
    const text = await firstText(folders.map((folder) => join(folder, ref)));
    const value = text?.trim() ?? (await packedRef(folders, ref));
    if (value === null || /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(value)) return value;
    const [, next] = /^ref: (refs\/\S+)$/.exec(value) ?? [];
    if (next === undefined || next.split('/').includes('..')) return null;
    ref = next;
  }
  return null;
}

async function packedRef(folders: readonly string[], ref: string): Promise<string | null> {
  const packed = await firstText(folders.map((folder) => join(folder, 'packed-refs')));
  const line = packed?.split('\n').find((one) => one.endsWith(` ${ref}`));
  return line?.split(' ')[0] ?? null;
}

async function firstText(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    const text = await readText(path);
    if (text !== null) return text;
  }
  return null;
}

function readText(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}
