import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import { z } from 'zod';

import { readRunbook } from '#domain/runbook/read-runbook.ts';
import type { RunbookDocument } from '#domain/runbook/runbook.ts';

import { digestOf } from './digest.ts';
import { readBytes } from './runbook-folder.ts';

/** `since`: when this text of the file was read first. */
export type Held = { document: RunbookDocument; since: string };

/** What runbooks held before this process began, for those whose file is broken by now. */
export type LastGood = {
  of(files: Iterable<string>): readonly Held[];
  /** Keeps these and forgets all others. What can't be written is missed after a restart only. */
  keep(held: readonly Held[]): Promise<void>;
};

const Kept = z.object({
  folder: z.string(),
  runbooks: z.record(
    z.string(),
    z.object({
      text: z.string(),
      digest: z.string(),
      since: z.string(),
      commit: z.string().nullable(),
    }),
  ),
});
type Kept = z.infer<typeof Kept>;

/** Opens the file in which the last good text of each runbook of a folder is kept. */
export async function openLastGood(file: string, folder: string): Promise<LastGood> {
  const place = resolve(folder);
  let { runbooks } = await read(file, place);
  return {
    of: (files) => [...files].flatMap((name) => heldBefore(name, runbooks[name])),
    async keep(held) {
      const before = JSON.stringify(runbooks);
      runbooks = Object.fromEntries(held.flatMap((one) => entryOf(one, place, runbooks)));
      if (JSON.stringify(runbooks) === before) return;
      await write(file, { folder: place, runbooks }).catch(() => {});
    },
  };
}

async function read(file: string, folder: string): Promise<Kept> {
  const none = { folder, runbooks: {} };
  try {
    const kept = Kept.parse(JSON.parse(await readFile(file, 'utf8')));
    return kept.folder === folder ? kept : none;
  } catch {
    return none;
  }
}

/** As a whole or not at all: a process can end at any time. */
async function write(file: string, kept: Kept): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify(kept));
  await rename(`${file}.new`, file);
}

function heldBefore(file: string, kept: Kept['runbooks'][string] | undefined): readonly Held[] {
  if (kept === undefined) return [];
  const { text, digest, since, commit } = kept;
  const { runbook } = readRunbook({ file, bytes: Buffer.from(text) });
  return runbook === null ? [] : [{ document: { runbook, digest, file, commit }, since }];
}

type Entry = readonly [file: string, kept: Kept['runbooks'][string]];

function entryOf(
  { document, since }: Held,
  folder: string,
  known: Kept['runbooks'],
): readonly Entry[] {
  const { file, digest, commit } = document;
  const before = known[file];
  if (before?.digest === digest && before.commit === commit) return [[file, before]];
  const bytes = readBytes(join(folder, file));
  if (bytes !== null && digestOf(bytes) === digest) {
    return [[file, { text: Buffer.from(bytes).toString('utf8'), digest, since, commit }]];
  }
  // A file that has changed meanwhile is read again, and kept then.
  return before === undefined ? [] : [[file, before]];
}
