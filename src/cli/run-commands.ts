import { Argument, type Command, Option } from 'commander';

import { collectInput } from './input-flags.ts';
import { asWhom, ofPractice } from './options.ts';

/** Commands for the day that Slack is down. */
export function addRunCommands(program: Command, ended: (exitCode: number) => void): void {
  program.commandsGroup('Runs, for the day that Slack is down:');

  program
    .command('run')
    .description('a run of a runbook in this terminal, for the day that Slack is down')
    .argument('[runbook]', 'its id; left out with --resume')
    .option('--input <name=value>', 'an input, repeatable; a list or a map as JSON', collectInput)
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
    .option('--reason <text>', 'why it is safe to cross migrations; it goes on the timeline')
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
    .option('--input <name=value>', 'a field of a form, repeatable', collectInput)
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
    .addHelpText('after', '\nExit codes: 0 done, 3 could not run, 130 left with Ctrl-C')
    .action(async (save) => {
      const { saveToken, showToken } = await import('./commands/token.ts');
      ended(save === undefined ? await showToken() : await saveToken());
    });
}
