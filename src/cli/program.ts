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
    .addOption(format('text', 'json', 'sarif', 'github'))
    .addHelpText('after', '\nExit codes: 0 clean, 1 findings, 3 could not run')
    .action(async (paths, options) => {
      const { lint } = await import('./commands/lint.ts');
      ended(await lint(paths, options));
    });

  program
    .command('test')
    .description('plays *.test.yaml on the real state machine, in virtual time')
    .argument(
      '[paths...]',
      'files or folders, runbooks by path or id; without one, HANDRAIL_RUNBOOKS or runbooks/',
    )
    .option('-t, --filter <text>', 'only cases with this in their names')
    .option(
      '--coverage',
      'the steps and routes that the cases go through, and those that none does',
    )
    .addOption(format('text', 'json', 'junit'))
    .addHelpText(
      'after',
      '\nA file that can not be played counts as a case that fails.\nExit codes: 0 all passed, 1 not, 3 could not run',
    )
    .action(async (paths, options) => {
      const { test } = await import('./commands/test.ts');
      ended(await test(paths, options));
    });

  program
    .command('check')
    .description('run the read-only steps of a runbook: the gate before a deploy')
    .argument('<runbook>', 'its id or path')
    .option('--input <name=value>', 'an input, repeatable; a list or a map as JSON', gathered, [])
    .option('--input-file <file>', 'inputs from a JSON or YAML file')
    .option('--only <ids>', 'these steps, with what they read; commas between them', listed, [])
    .option('--skip <ids>', 'not these steps', listed, [])
    .option('--timeout <duration>', 'for all of it, such as 90s')
    .option('--env-file <file>', 'dotenv file for {env: true} and for secrets', gathered, [])
    .addOption(
      new Option('--inconclusive <how>', 'what no data means: exit code 2, or 0 with a warning')
        .choices(['fail', 'warn'])
        .default('fail'),
    )
    .addOption(format('text', 'json', 'junit', 'github'))
    .option('--output <format=file>', 'also write a file, such as junit=report.xml', gathered, [])
    .addHelpText('after', '\nExit codes: 0 pass, 1 fail, 2 inconclusive, 3 could not run')
    .action(async (runbook, options) => {
      const { check } = await import('./commands/check.ts');
      ended(await check(runbook, options));
    });

  program
    .command('run')
    .description('a run of a runbook in this terminal, for the day that Slack is down')
    .argument('[runbook]', 'its id; left out with --resume')
    .option('--input <name=value>', 'an input, repeatable; a list or a map as JSON', gathered, [])
    .addOption(
      new Option('--mode <mode>', 'what it may do')
        .choices(['live', 'dry-run', 'drill'])
        .default('live'),
    )
    .option('--incident <id>', 'the incident that it belongs to; without one it stands alone')
    .option('--resume <run>', 'go on with a run, or with the run of an incident')
    .option('--detach', 'start it and leave it to the bot')
    .addOption(asWhom())
    .addOption(ofPractice())
    .addHelpText(
      'after',
      '\nExit codes: 0 succeeded, 1 failed or stopped, 3 could not run, 130 left with Ctrl-C',
    )
    .action(async (runbook, options) => {
      const { run } = await import('./commands/run.ts');
      ended(await run(runbook, options));
    });

  program
    .command('approve')
    .description('approve the write that waits in a run, after its plan was shown')
    .argument('<run>', 'a run, or the incident that it belongs to')
    .option('--yes', 'without being asked again')
    .addOption(asWhom())
    .addOption(ofPractice())
    .addHelpText('after', '\nExit codes: 0 approved, 1 refused, 3 could not run')
    .action(async (run, options) => {
      const { approve } = await import('./commands/approve.ts');
      ended(await approve(run, options));
    });

  program
    .command('reject')
    .description('reject the write that waits in a run, or take it back')
    .argument('<run>', 'a run, or the incident that it belongs to')
    .option('--reason <text>', 'why; it goes on the timeline')
    .option('--yes', 'without being asked again')
    .addOption(asWhom())
    .addOption(ofPractice())
    .addHelpText('after', '\nExit codes: 0 rejected, 1 refused, 3 could not run')
    .action(async (run, options) => {
      const { reject } = await import('./commands/reject.ts');
      ended(await reject(run, options));
    });

  program
    .command('choose')
    .description('answer what a run asks, or steer it')
    .argument('<run>', 'a run, or the incident that it belongs to')
    .argument('[option]', 'what to choose; without it, what there is to choose is shown')
    .option('--reason <text>', 'why; it goes on the timeline')
    .option('--note <text>', 'what was done by hand')
    .option('--step <id>', 'where to go to, or what to check again')
    .option('--input <name=value>', 'a field of a form, repeatable', gathered, [])
    .addOption(asWhom())
    .addOption(ofPractice())
    .addHelpText('after', '\nExit codes: 0 done, 1 refused, 3 could not run')
    .action(async (run, option, options) => {
      const { choose } = await import('./commands/choose.ts');
      ended(await choose(run, option, options));
    });

  program
    .command('token')
    .description('who you are at this terminal, by the token that Slack gave you')
    .addArgument(
      new Argument('[save]', 'keep a token: it is asked for, or read from stdin').choices(['save']),
    )
    .action(async (save) => {
      const { saveToken, showToken } = await import('./commands/token.ts');
      ended(save === undefined ? await showToken() : await saveToken());
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
    .addOption(format('md', 'json', 'html'))
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
    .command('redact')
    .description('take the text of an entry out of the record, for ever; the chain stays intact')
    .argument('<id>', 'an incident or a run')
    .argument('[entry]', 'its number; without it, the entries that somebody wrote are listed')
    .option('--yes', 'without being asked again')
    .addOption(asWhom())
    .addOption(ofPractice())
    .addHelpText('after', '\nExit codes: 0 done, 1 refused, 3 could not run')
    .action(async (id, entry, options) => {
      const { redact } = await import('./commands/redact.ts');
      ended(await redact(id, entry, options));
    });

  program
    .command('doctor')
    .description(
      'tokens, scopes, connections, database, clock and runbooks: what works and what does not',
    )
    .addOption(format('text', 'json'))
    .addHelpText('after', '\nExit codes: 0 no problem, 1 problems, 3 could not run')
    .action(async (options) => {
      const { doctor } = await import('./commands/doctor.ts');
      ended(await doctor(options));
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
  return new Option('--practice', "practice's instead of the bot's").default(false);
}

function asWhom(): Option {
  return new Option('--as <person>', 'who you are, in practice');
}

function gathered(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}

function listed(text: string, before: readonly string[]): readonly string[] {
  const ids = text.split(',').map((id) => id.trim());
  return [...before, ...ids.filter((id) => id !== '')];
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
