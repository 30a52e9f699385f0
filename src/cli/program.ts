import { Command, Help, type Option } from 'commander';

import { version } from '#src/version.ts';

import { addAuthoringCommands } from './authoring-commands.ts';
import { exitCodeOf } from './exit-code-of.ts';
import { exitCodes } from './exit-codes.ts';
import { addRecordCommands } from './record-commands.ts';
import { addRunCommands } from './run-commands.ts';
import { addServiceCommands } from './service-commands.ts';

/**
 * Runs one command and answers with its exit code. Each command is loaded when it is called, so
 * that `--help` costs nothing. A person's mistake is one sentence; only our own has a stack.
 */
export async function main(args: readonly string[]): Promise<number> {
  endQuietlyWhenNobodyReads();
  let exitCode: number = exitCodes.ok;
  const program = createProgram((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    return exitCodeOf(error);
  }
}

function createProgram(ended: (exitCode: number) => void): Command {
  const program = new Command('handrail')
    .description('Executable runbooks for incidents, in Slack.')
    .version(version, '-V, --version')
    .exitOverride()
    .configureHelp({ optionDescription })
    .showHelpAfterError('handrail --help shows the commands and their options.');
  addServiceCommands(program, ended);
  addAuthoringCommands(program, ended);
  addRunCommands(program, ended);
  addRecordCommands(program, ended);
  return program;
}

/** What an option is without it is worth a word, but not that it is nothing. */
function optionDescription(option: Option): string {
  return new Help().optionDescription(option).replace(/ \(default: (?:\[\]|false)\)$/, '');
}

/** `handrail timeline … | head` closes the pipe early; that is no error of anybody. */
function endQuietlyWhenNobodyReads(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(exitCodes.ok);
  });
}
