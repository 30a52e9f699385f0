import { Argument, type Command, Option } from 'commander';

import { format, gathered, listed } from './options.ts';

/** Commands for people who write runbooks; each needs nothing but files, and what a check reaches. */
export function addAuthoringCommands(program: Command, ended: (exitCode: number) => void): void {
  program.commandsGroup('Runbooks:');

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
    .command('graph')
    .description('the steps and routes of a runbook as a picture, or as a document to print')
    .argument('<runbook>', 'its id or path')
    .addOption(
      new Option(
        '--format <format>',
        "how to write it (default: by the output file's name, else mermaid)",
      ).choices(['mermaid', 'svg', 'md']),
    )
    .option('--output <file>', 'write a file instead, such as runbook.svg')
    .action(async (runbook, options) => {
      const { graph } = await import('./commands/graph.ts');
      ended(await graph(runbook, options));
    });

  program
    .command('schema')
    .description('the JSON Schemas of the YAML kinds')
    .addArgument(new Argument('[kind]').choices(['runbook', 'settings', 'runbook-test']))
    .action(async (kind) => {
      const { schema } = await import('./commands/schema.ts');
      ended(schema(kind));
    });
}
