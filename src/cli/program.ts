import { Command, CommanderError, Option } from 'commander';

import { complaintOf } from './complaint.ts';

/** Used wrongly: an unknown command or flag. */
const usage = 64;

/** Reads the command line and runs one command; each is loaded only when it is asked for. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('handrail')
    .description('Executable runbooks for incidents, in Slack.')
    .version('0.1.0')
    .exitOverride()
    .showSuggestionAfterError();
  const run = (command: () => Promise<number>) => async () => {
    process.exitCode = await command();
  };

  program
    .command('up', { isDefault: true })
    .description('the bot if Slack is set up in the environment, else practice')
    .action(run(async () => (await import('./commands/up.ts')).up()));
  program
    .command('start')
    .description('run the bot against Slack')
    .action(run(async () => (await import('./commands/start.ts')).start()));
  program
    .command('practice')
    .description('the whole product on this machine, with no account anywhere')
    .option('--auto', 'scripted responders play it to the end', false)
    .option('--scenario <name>', 'what goes wrong', 'bad-gateway-url')
    .addOption(new Option('--format <format>').choices(['text', 'json']).default('text'))
    .action(async (options) => {
      process.exitCode = await (await import('./commands/practice.ts')).practice(options);
    });

  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : usage;
      return;
    }
    const complaint = complaintOf(error);
    if (complaint === null) throw error;
    process.stderr.write(`handrail: ${complaint}\n`);
    process.exitCode = 3;
  }
}
