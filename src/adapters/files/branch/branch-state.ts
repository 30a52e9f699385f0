import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

/**
 * `files` are ids of content by path. `good` is the last commit of which every file could be read:
 * a start after that begins with it, so that a runbook which is broken now has its last good version.
 */
const BranchState = z.object({
  commit: z.string().regex(/^[0-9a-f]{40,64}$/),
  tag: z.string().nullable(),
  good: z
    .string()
    .regex(/^[0-9a-f]{40,64}$/)
    .nullable(),
  files: z.record(z.string(), z.string()),
});
export type BranchState = z.infer<typeof BranchState>;

/** A folder for each branch that was ever asked for; its commits are folders inside. */
export function branchFolder(root: string, of: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(of)).digest('hex');
  return join(root, 'branches', digest.slice(0, 16));
}

/** Null where there is nothing usable: it is fetched anew then. */
export async function readState(folder: string): Promise<BranchState | null> {
  try {
    const text = await readFile(join(folder, 'state.json'), 'utf8');
    return BranchState.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The state is replaced as a whole, and only then are commits removed that it does not name. */
export async function writeState(folder: string, state: BranchState): Promise<void> {
  await mkdir(folder, { recursive: true });
  const next = join(folder, `state.${process.pid}.tmp`);
  await writeFile(next, JSON.stringify(state), { mode: 0o600 });
  await rename(next, join(folder, 'state.json'));
  for (const entry of await readdir(folder)) {
    const kept = entry === 'state.json' || entry === state.commit || entry === state.good;
    if (!kept) await rm(join(folder, entry), { recursive: true, force: true });
  }
}
