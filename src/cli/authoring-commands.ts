import { Argument, type Command, Option } from 'commander';

/** Commands for people who write runbooks; each needs nothing but files. */
export function addAuthoringCommands(program: Command, ended: (exitCode: number) => void): void {
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
