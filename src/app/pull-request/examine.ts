import type { Diagnostic, Place } from '#domain/diagnostic.ts';
import type { RunbookDocument } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';

/** What lint and tests say of a folder of runbooks. Files are named as inside of the folder. */
export type Examination = {
  /** Null where they can't be read. */
  settings: Settings | null;
  documents: readonly RunbookDocument[];
  diagnostics: readonly Diagnostic[];
  tests: readonly PlayedTest[];
};

export type PlayedTest = {
  runbook: string;
  name: string;
  place: Place;
  /** None: it passed. */
  failures: readonly (Place & { text: string })[];
};

/** Examines files as if they were the folder; where settings are not among them, those in force hold. */
export type Examine = (files: ReadonlyMap<string, Uint8Array>) => Promise<Examination>;
