import type { Diagnostic } from '#domain/diagnostic.ts';
import type { RunbookDocument } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';

/** A file whose newest version can't be loaded; `lastGood`: when the one in use was read. */
export type BrokenFile = { file: string; lastGood: string | null };

/** The runbooks and settings in use: the last good version of each file. */
export interface Runbooks {
  settings(): Settings;
  /** By id, or by path inside the folder. Null where there is none. */
  get(idOrPath: string): RunbookDocument | null;
  all(): readonly RunbookDocument[];
  /** Everything that is wrong with the files as they are now, also where an older one serves on. */
  problems(): readonly Diagnostic[];
  broken(): readonly BrokenFile[];
}
