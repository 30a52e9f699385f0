import { join } from 'node:path';

import { type FileText, idIn, neededWith } from '#domain/runbook/needed-with.ts';
import { PortError } from '#ports/port-error.ts';

import { listFolder, readBytes } from './runbook-folder.ts';

type File = { file: string; bytes: Uint8Array };

export type Files = {
  /** In the order of their names. */
  files: readonly File[];
  /** Ids of the others. */
  unread: ReadonlySet<string>;
  /** Those that the disk did not give, and why; null: it was gone by then. */
  failed: readonly { file: string; message: string | null }[];
};

export const NO_FILES: Files = { files: [], unread: new Set(), failed: [] };

/** The runbooks of a folder that are asked for, with those that they can't be looked at without. */
export async function readRunbooks(
  folder: string,
  isAsked: (file: string) => boolean,
): Promise<Files> {
  const { runbooks, tests } = await listFolder(folder);
  const failed: { file: string; message: string | null }[] = [];
  const read = (file: string) => {
    const bytes = bytesOf(join(folder, file));
    if (bytes instanceof Uint8Array) return [{ file, bytes }];
    failed.push({ file, message: bytes?.message ?? null });
    return [];
  };
  const all = runbooks.flatMap(read);
  if (runbooks.every(isAsked)) return { ...NO_FILES, files: all, failed };

  const asked = [
    ...all.filter(({ file }) => isAsked(file)),
    ...tests.filter(isAsked).flatMap(read),
  ];
  const others = all.filter(({ file }) => !isAsked(file)).map(textOf);
  const needed = neededWith(asked.map(textOf), others);
  const ids = others.flatMap(({ file, text }) => (needed.has(file) ? [] : (idIn(text) ?? [])));
  return {
    files: all.filter(({ file }) => isAsked(file) || needed.has(file)),
    unread: new Set(ids),
    failed,
  };
}

function bytesOf(path: string): Uint8Array | PortError | null {
  try {
    return readBytes(path);
  } catch (error) {
    if (error instanceof PortError) return error;
    throw error;
  }
}

/** Whatever the file is: names have no other letters. */
function textOf({ file, bytes }: File): FileText {
  const { buffer, byteOffset, byteLength } = bytes;
  return { file, text: Buffer.from(buffer, byteOffset, byteLength).toString('latin1') };
}
