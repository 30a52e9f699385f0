import { Argument, type Command, Option } from 'commander';

import { collectInput } from './input-flags.ts';
import { format, gathered, listed } from './options.ts';

const completionHelp = `
bash, in ~/.bashrc:       source <(handrail completion bash)
zsh, in ~/.zshrc:         source <(handrail completion zsh)
fish, in config.fish:     handrail completion fish | source
powershell, in $PROFILE:  handrail completion powershell | Out-String | Invoke-Expression

Exit codes: 0 shown, 64 no such shell`;

/** Commands for people who write runbooks; each needs nothing but files, and what a check reaches. */
export function addAuthoringCommands(program: Command, ended: (exitCode: number) => void): void {
  program.commandsGroup('Runbooks:');

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
    .argument('[rule]', 'a rule, such as endless-loop; without one, all of them')
    .addHelpText('after', '\nExit codes: 0 shown, 64 no such rule')
    .action(async (rule) => {
      const { explain } = await import('./commands/explain.ts');
      ended(explain(rule));
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
    .addOption(format('text', 'json', 'junit', 'github'))
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
    .option('--input <name=value>', 'an input, repeatable; a list or a map as JSON', collectInput)
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
    .addOption(new Option('--practice', 'look at the practice shop').default(false))
    .addHelpText('after', '\nExit codes: 0 pass, 1 fail, 2 inconclusive, 3 could not run')
    .action(async (runbook, options) => {
      const { check } = await import('./commands/check.ts');
      ended(await check(runbook, options));
    });

  program
    .command('init')
    .description('a first runbook for a service, with its test and settings; overwrites nothing')
    .option('--service <name>', 'which service it is for')
    .option('--owner <name>', 'which team owns it')
    .option(
      '--environments <names>',
      'where it runs, commas between them; first where incidents are',
    )
    .option('--health-url <url>', 'which URL tells that it is healthy')
    .option('--metrics-url <url>', 'where its Prometheus is')
    .option('--deploy-url <url>', 'where the deploy API is')
    .option('--approvers <ids>', 'Slack id of a user group, or of people')
    .option('--yes', 'ask nothing: take what is likely for whatever is not given')
    .addHelpText('after', '\nExit codes: 0 written, 3 could not run, 130 left with Ctrl-C')
    .action(async (options) => {
      const { init } = await import('./commands/init.ts');
      ended(await init(options));
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
    .addHelpText('after', '\nExit codes: 0 drawn, 3 could not run')
    .action(async (runbook, options) => {
      const { graph } = await import('./commands/graph.ts');
      ended(await graph(runbook, options));
    });

  program
    .command('schema')
    .description('the JSON Schemas of the YAML kinds')
    .addArgument(
      new Argument('[kind]', 'which one; without it, all by the names of their files').choices([
        'runbook',
        'settings',
        'runbook-test',
      ]),
    )
    .addHelpText('after', '\nExit codes: 0 shown, 64 no such kind')
    .action(async (kind) => {
      const { schema } = await import('./commands/schema.ts');
      ended(schema(kind));
    });

  program
    .command('completion')
    .description('a script that completes commands, options and runbooks in your shell')
    .addArgument(new Argument('<shell>', 'yours').choices(['bash', 'zsh', 'fish', 'powershell']))
    .addHelpText('after', completionHelp)
    .action(async (shell) => {
      const { completion } = await import('./commands/completion.ts');
      ended(completion(shell));
    });

  program
    .command('complete', { hidden: true })
    .description('what could come next; the script of completion asks it')
    .argument('[words...]')
    .action(async (words) => {
      const { answerShell } = await import('./commands/completion.ts');
      ended(await answerShell(program, words));
    });
}
