import { stat } from 'node:fs/promises';

import { CliError } from './cli-error.ts';

/** The folder that is meant where nobody names one. */
export async function usualFolder(folder: string): Promise<string> {
  const found = await stat(folder).catch(() => null);
  if (found?.isDirectory() === true) return folder;
  throw new CliError(
    `There is no folder ${folder} here. handrail init writes a first runbook, and HANDRAIL_RUNBOOKS names a folder elsewhere.`,
  );
}
