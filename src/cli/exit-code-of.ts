import { CommanderError } from 'commander';

import { SettingsError } from '#adapters/files/settings-error.ts';
import { PortError } from '#ports/port-error.ts';

import { CliError } from './cli-error.ts';
import { exitCodes } from './exit-codes.ts';
import { tell, tellProblem } from './output.ts';

/** Says what went wrong, a person's mistake in one sentence, and answers with the exit code for it. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) {
    // Commander has said what was wrong, but for the errors that we raise in its name.
    if (error.code.startsWith('handrail.')) tellProblem(error.message);
    return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  }
  if (error instanceof CliError || error instanceof PortError) {
    tellProblem(error.message);
    return exitCodes.couldNotRun;
  }
  if (error instanceof SettingsError) {
    tellProblem('The settings have errors, and nothing was started:');
    for (const { file, line, column, rule, message, hint } of error.diagnostics) {
      tell(`  ${file}:${line}:${column}: ${rule}: ${message}${hint ? ` (${hint})` : ''}`);
    }
    return exitCodes.couldNotRun;
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  tellProblem(`Handrail failed, and that is a fault of ours: ${message}`);
  if (process.env['HANDRAIL_LOG_LEVEL'] === 'debug') tell(stack ?? '');
  else tell('HANDRAIL_LOG_LEVEL=debug shows where.');
  return exitCodes.couldNotRun;
}
