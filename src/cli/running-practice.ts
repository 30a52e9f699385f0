import { existsSync } from 'node:fs';

import { practiceFiles } from '#src/practice-files.ts';

import { CliError } from './cli-error.ts';

/** What practice has left in the folder, as long as it runs. */
export function runningPractice(folder: string): ReturnType<typeof practiceFiles> {
  const files = practiceFiles(folder);
  if (!existsSync(files.env)) throw notPractising();
  return files;
}

export function notPractising(): CliError {
  return new CliError('Practice is not running. Start it in another terminal: handrail practice');
}
