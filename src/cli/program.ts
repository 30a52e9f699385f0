import { readFileSync } from 'node:fs';

import { Argument, Command, CommanderError, Option } from 'commander';

import { SettingsError } from '#adapters/files/settings-error.ts';
import { PortError } from '#ports/port-error.ts';

import { CliError } from './cli-error.ts';
import { exitCodes } from './exit-codes.ts';
import { tell, tellProblem } from './output.ts';

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
    .version(version(), '-V, --version')
    .exitOverride()
    .showHelpAfterError('handrail --help shows the commands and their options.');

  program
    .command('up')
    .description('start the bot if Slack is set up (SLACK_*), else practice')
    .action(async () => ended(await (await import('./commands/up.ts')).up()));

  program
    .command('start')
    .description('run the bot: Socket Mode with two tokens, HTTP mode with a signing secret')
    .action(async () => ended(await (await import('./commands/start.ts')).start()));

  program
    .command('practice')
    .description('the whole product on this machine, with no account anywhere')
    .option('--auto', 'scripted responders play it to the end; prints the timeline and a score')
    .option('--scenario <name>', 'what breaks')
    .option(
      '--seed <number>',
      'for scenarios that leave something to chance; none does yet',
      wholeNumber,
    )
    .addOption(format('text', 'json'))
    .addHelpText('after', '\nExit codes: 0 restored, 1 not restored, 3 could not run')
    .action(async (options) => {
      const { practice } = await import('./commands/practice.ts');
      ended(await practice(options));
    });

  program
    .command('lint')
    .description('findings in runbooks and settings, with their places')
    .argument('[paths...]', 'files or folders; without one, HANDRAIL_RUNBOOKS or runbooks/')
    .option('--strict', 'warnings count, too')
    .option('--watch', 'lint again whenever a file changes, until Ctrl-C')
    .addOption(format('text', 'json', 'sarif', 'github'))
    .addHelpText('after', '\nExit codes: 0 clean, 1 findings, 3 could not run')
    .action(async (paths, options) => {
      const { lint } = await import('./commands/lint.ts');
      ended(await lint(paths, options));
    });

  program
    .command('explain')
    .description('what a rule of lint is for, with a wrong and a right example')
    .argument('[rule]', 'a rule, such as endless-loop; without one, all of them in a line each')
    .action(async (rule) => {
      const { explain } = await import('./commands/explain.ts');
      ended(explain(rule));
    });

  program
    .command('incidents')
    .description('the incidents on record, newest first')
    .addOption(format('text', 'json'))
    .addOption(ofPractice())
    .action(async (options) => {
      const { incidents } = await import('./commands/incidents.ts');
      ended(await incidents(options));
    });

  program
    .command('timeline')
    .description('what happened in an incident, entry by entry')
    .argument('<id>', 'an incident, see handrail incidents')
    .addOption(format('md', 'json'))
    .addOption(ofPractice())
    .action(async (id, options) => {
      const { timeline } = await import('./commands/timeline.ts');
      ended(await timeline(id, options));
    });

  program
    .command('postmortem')
    .description('a post-mortem filled with the facts of the record; blanks are marked')
    .argument('<id>', 'an incident, see handrail incidents')
    .option('--stakeholders', 'the message to stakeholders instead')
    .addOption(ofPractice())
    .action(async (id, options) => {
      const { postmortem } = await import('./commands/postmortem.ts');
      ended(await postmortem(id, options));
    });

  program
    .command('verify')
    .description("check the hash chain of an incident's record")
    .argument('<id>', 'an incident, see handrail incidents')
    .option('--head <hash>', 'a head hash that was posted in Slack: it must be in the record')
    .addOption(format('text', 'json'))
    .addOption(ofPractice())
    .addHelpText('after', '\nExit codes: 0 intact, 1 not intact, 3 could not run')
    .action(async (id, options) => {
      const { verify } = await import('./commands/verify.ts');
      ended(await verify(id, options));
    });

  program
    .command('schema')
    .description('the JSON Schemas of the YAML kinds')
    .addArgument(new Argument('[kind]').choices(['runbook', 'settings', 'runbook-test']))
    .action(async (kind) => {
      const { schema } = await import('./commands/schema.ts');
      ended(schema(kind));
    });

  return program;
}

function format(first: string, ...others: string[]): Option {
  return new Option('--format <format>', 'how to write it')
    .choices([first, ...others])
    .default(first);
}

function ofPractice(): Option {
  return new Option('--practice', "read practice's record instead of the bot's").default(false);
}

function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new CommanderError(
    exitCodes.usage,
    'handrail.seed',
    `error: --seed must be a whole number, not '${text}'.`,
  );
}

function version(): string {
  const file: unknown = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  const known = typeof file === 'object' && file !== null && 'version' in file;
  return known && typeof file.version === 'string' ? file.version : 'unknown';
}

function exitCodeOf(error: unknown): number {
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
    for (const { file, line, column, rule, message } of error.diagnostics) {
      tell(`  ${file}:${line}:${column}: ${rule}: ${message}`);
    }
    return exitCodes.couldNotRun;
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  tellProblem(`Handrail failed, and that is a fault of ours: ${message}`);
  if (process.env['HANDRAIL_LOG_LEVEL'] === 'debug') tell(stack ?? '');
  else tell('HANDRAIL_LOG_LEVEL=debug shows where.');
  return exitCodes.couldNotRun;
}

/** `handrail timeline … | head` closes the pipe early; that is no error of anybody. */
function endQuietlyWhenNobodyReads(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(exitCodes.ok);
  });
}
