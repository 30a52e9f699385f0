import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { isYamlPath } from '#domain/runbook/repository-path.ts';
import { MAX_BYTES } from '#domain/runbook/yaml/limits.ts';
import type { CodeHost, Repository, TreeFile } from '#ports/code-host.ts';
import { PortError } from '#ports/port-error.ts';

export type FetchDeps = Pick<CodeHost, 'listFiles' | 'readFile'>;

/**
 * Writes the YAML files of a commit into `folder/<commit>`, all of them or none. What an earlier
 * commit has already is taken from there; everything is held to its id.
 */
export async function fetchCommit(
  code: FetchDeps,
  repository: Repository,
  at: { commit: string; path: string; folder: string; before: string | null },
  signal: AbortSignal,
): Promise<Record<string, string>> {
  const listed = await code.listFiles(repository, { commit: at.commit, folder: at.path }, signal);
  const files = listed.filter(({ path }) => isYamlPath(path));
  const target = join(at.folder, at.commit);
  const making = `${target}.${process.pid}.tmp`;
  await rm(making, { recursive: true, force: true });
  await mkdir(making, { recursive: true });

  await Promise.all(
    files.map(async (file) => {
      const bytes = await contentOf(code, repository, file, at, signal);
      const path = join(making, file.path);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, bytes);
    }),
  );
  await rm(target, { recursive: true, force: true });
  await rename(making, target);
  return Object.fromEntries(files.map(({ path, id }) => [path, id]));
}

/** Of one that is larger than a runbook can be, only that is told: the reader refuses it by its length. */
async function contentOf(
  code: FetchDeps,
  repository: Repository,
  { path, id, size }: TreeFile,
  { folder, before }: { folder: string; before: string | null },
  signal: AbortSignal,
): Promise<Uint8Array> {
  if (size > MAX_BYTES) return new Uint8Array(MAX_BYTES + 1);
  if (before !== null) {
    const known = await readFile(join(folder, before, path)).catch(() => null);
    if (known !== null && isContent(known, id)) return known;
  }
  const bytes = await code.readFile(repository, id, signal);
  if (isContent(bytes, id)) return bytes;
  throw new PortError('branch.content', `${path} did not arrive as it is in ${repository.name}.`, {
    retry: true,
  });
}

/** Git's id of a file is the hash of its content. */
function isContent(bytes: Uint8Array, id: string): boolean {
  const hash = createHash(id.length === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex') === id;
}
