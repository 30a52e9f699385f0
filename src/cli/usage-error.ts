import { CommanderError } from 'commander';

import { exitCodes } from './exit-codes.ts';

/** Something on the command line that only a command itself could find wrong. */
export function usageError(message: string): CommanderError {
  return new CommanderError(exitCodes.usage, 'handrail.usage', `error: ${message}`);
}
