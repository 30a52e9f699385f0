import { createHash } from 'node:crypto';

type Files = Readonly<Record<string, string>>;
type CommitRecord = { sha: string; message: string; parent: string | null; files: Files };

/** A repository's commits, one after the other, with the files that each leaves. */
export function createRepository() {
  const commits = new Map<string, CommitRecord>();
  const branches = new Map<string, string>();

  function commitOf(ref: string): CommitRecord | null {
    const sha = branches.get(ref.replace(/^(refs\/)?heads\//, '')) ?? ref;
    return commits.get(sha) ?? null;
  }

  function ancestry(sha: string): readonly CommitRecord[] {
    const commit = commits.get(sha);
    if (commit === undefined) return [];
    return [commit, ...(commit.parent === null ? [] : ancestry(commit.parent))];
  }

  return {
    branches,
    commitOf,
    /** A commit on a branch: its files over those of the one before; null takes a file away. */
    commit(
      branch: string,
      changes: Readonly<Record<string, string | null>>,
      given: { message?: string; from?: string } = {},
    ): string {
      const parent = branches.get(branch) ?? branches.get(given.from ?? '') ?? null;
      const before: Record<string, string> = { ...commits.get(parent ?? '')?.files };
      for (const [path, text] of Object.entries(changes)) {
        if (text === null) delete before[path];
        else before[path] = text;
      }
      const message = given.message ?? `Change ${Object.keys(changes).join(', ')}`;
      const sha = sha1(`${branch} ${commits.size} ${message}`);
      commits.set(sha, { sha, message, parent, files: before });
      branches.set(branch, sha);
      return sha;
    },
    compare(from: string, to: string) {
      const [base, head] = [commitOf(from), commitOf(to)];
      if (base === null || head === null) return null;
      const behind = ancestry(base.sha);
      const ahead = ancestry(head.sha);
      const meets = ahead.find(({ sha }) => behind.some((each) => each.sha === sha));
      if (meets === undefined) return null;
      const added = ahead.slice(0, ahead.indexOf(meets)).toReversed();
      const missing = behind.indexOf(meets);
      const paths = new Set([...Object.keys(meets.files), ...Object.keys(head.files)]);
      return {
        mergeBase: meets,
        status:
          missing > 0
            ? added.length > 0
              ? 'diverged'
              : 'behind'
            : added.length > 0
              ? 'ahead'
              : 'identical',
        commits: added,
        files: [...paths].filter((path) => meets.files[path] !== head.files[path]),
      };
    },
    /** Files and folders of a commit's tree, by the id of that tree: a commit, or `commit:folder`. */
    tree(id: string, recursive: boolean) {
      const [ref = '', folder = ''] = id.split('-below-').map(decodeURIComponent);
      const commit = commitOf(ref);
      if (commit === null) return null;
      const start = folder === '' ? '' : `${folder}/`;
      const below = Object.entries(commit.files)
        .filter(([path]) => path.startsWith(start))
        .map(([path, text]) => ({ path: path.slice(start.length), text }));
      const files = below
        .filter(({ path }) => recursive || !path.includes('/'))
        .map(({ path, text }) => ({
          path,
          mode: '100644',
          type: 'blob',
          sha: blobId(text),
          size: Buffer.byteLength(text),
        }));
      const names = below.flatMap(({ path }) => (path.includes('/') ? path.split('/')[0] : []));
      const folders = [...new Set(names)].map((name) => ({
        path: name,
        mode: '040000',
        type: 'tree',
        sha: `${commit.sha}-below-${encodeURIComponent(`${start}${name}`)}`,
      }));
      return [...folders, ...files];
    },
    blob(id: string): string | null {
      for (const { files } of commits.values()) {
        const found = Object.values(files).find((text) => blobId(text) === id);
        if (found !== undefined) return found;
      }
      return null;
    },
  };
}

export function blobId(text: string): string {
  return sha1(`blob ${Buffer.byteLength(text)}\0${text}`);
}

function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

export type FakeRepository = ReturnType<typeof createRepository>;
