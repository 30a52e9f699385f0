import type { RunbookDocument } from './runbook.ts';

/**
 * Which text of a runbook it is, short enough for a line: the commit where there is one, and the
 * digest of the file, which is right even where the file was changed after the commit.
 */
export function revisionText({
  commit,
  modified = false,
  digest,
}: Pick<RunbookDocument, 'commit' | 'modified' | 'digest'>): string {
  const text = digest.slice(0, 7);
  if (commit === null) return text;
  return `${commit.slice(0, 7)}${modified ? ' + changes' : ''} · ${text}`;
}
