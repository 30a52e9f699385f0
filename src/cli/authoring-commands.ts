import { Argument, type Command, Option } from 'commander';

/** Commands for people who write runbooks; each needs nothing but files. */
export function addAuthoringCommands(program: Command, ended: (exitCode: number) => void): void {
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

  program
    .command('completion')
    .description('a script that completes commands, options and runbooks in your shell')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish', 'powershell']))
    .addHelpText('after', '\nbash: source <(handrail completion bash)')
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
