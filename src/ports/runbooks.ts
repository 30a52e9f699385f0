import type { Diagnostic } from '#domain/diagnostic.ts';
import type { RunbookDocument } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';

/** The runbooks and settings in use: the last good version of each file. */
export interface Runbooks {
  settings(): Settings;
  get(id: string): RunbookDocument | null;
  all(): readonly RunbookDocument[];
  /** Files whose newest version is broken, with the reason; the version before it is in use. */
  problems(): readonly Diagnostic[];
}
