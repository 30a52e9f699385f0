import type { Command } from 'commander';

import { asWhom, format, ofPractice } from './options.ts';

/** Commands that read the record. */
export function addRecordCommands(program: Command, ended: (exitCode: number) => void): void {
  program.commandsGroup('The record:');

  program
    .command('incidents')
    .description('the incidents on record, newest first')
    .addOption(format('text', 'json'))
    .addOption(ofPractice())
    .addHelpText('after', '\nExit codes: 0 shown, 3 could not run')
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
    .addHelpText('after', '\nExit codes: 0 shown, 3 could not run')
    .action(async (id, options) => {
      const { timeline } = await import('./commands/timeline.ts');
      ended(await timeline(id, options));
    });

  program
    .command('postmortem')
    .description('a post-mortem filled with the facts of the record; blanks are marked')
    .argument('<id>', 'an incident, see handrail incidents')
    .option('--stakeholders', 'the message to stakeholders instead')
    .option(
      '--pr',
      'as a pull request, with the follow-ups as issues; see postmortem in the settings',
    )
    .addOption(ofPractice())
    .addHelpText('after', '\nExit codes: 0 done, 3 could not run')
    .action(async (id, options) => {
      const { postmortem } = await import('./commands/postmortem.ts');
      ended(await postmortem(id, options));
    });

  program
    .command('verify')
    .description("check the hash chain of an incident's record")
    .argument('[id]', 'an incident, see handrail incidents')
    .option(
      '--head <hash>',
      'a head that was posted in Slack, repeatable: it must be in the record',
      (head: string, before: readonly string[]) => [...before, head],
      [],
    )
    .option('--file <file>', 'what handrail timeline wrote with --format json, - for stdin')
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
}
