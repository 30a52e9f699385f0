import { type Command, Option } from 'commander';

import { scenarioNames } from '#practice/scenarios/names.ts';

import { format, wholeNumber } from './options.ts';

/** Commands that start the product, and the one that looks whether it could. */
export function addServiceCommands(program: Command, ended: (exitCode: number) => void): void {
  program.commandsGroup('Handrail itself:');

  program
    .command('up')
    .description('start the bot if Slack is set up (SLACK_*), else practice')
    .addHelpText('after', '\nExit codes: 0 stopped with Ctrl-C, 3 could not run')
    .action(async () => ended(await (await import('./commands/up.ts')).up()));

  program
    .command('start')
    .description('run the bot: Socket Mode with two tokens, HTTP mode with a signing secret')
    .addHelpText('after', '\nExit codes: 0 stopped with Ctrl-C, 3 could not run')
    .action(async () => ended(await (await import('./commands/start.ts')).start()));

  program
    .command('practice')
    .description('the whole product on this machine, with no account anywhere')
    .option('--auto', 'scripted responders play it to the end; prints the timeline and a score')
    .addOption(
      new Option('--scenario <name>', `what breaks (default: ${scenarioNames[0]})`).choices(
        scenarioNames,
      ),
    )
    .option('--scenarios', 'says what each of them is about, and ends')
    .option(
      '--seed <number>',
      'decides which orders come and, with --auto, how people behave; without it they act at once and by the book',
      wholeNumber,
    )
    .addOption(format('text', 'json'))
    .addHelpText('after', '\nExit codes: 0 restored, 1 not restored, 3 could not run')
    .action(async (options) => {
      const { practice } = await import('./commands/practice.ts');
      ended(await practice(options));
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
}
