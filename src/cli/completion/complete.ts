import tab, { type Complete, ShellCompDirective } from '@bomb.sh/tab';
import type { Command, Option } from 'commander';

import { print } from '#cli/output.ts';

/** Options whose value is a file, by their names. */
const FILES = new Set(['--output', '--input-file', '--env-file']);

/**
 * Answers a shell that asks what could come next: `words` are those after `handrail`, the last one
 * as far as it is typed. Where a file is wanted the shell is told to use its own completion.
 */
export function complete(program: Command, words: readonly string[], ids: readonly string[]): void {
  const command = program.commands.find((one) => one.name() === words[0]);
  if (command !== undefined && wantsFile(command, words)) {
    print(`:${ShellCompDirective.ShellCompDirectiveDefault}`);
    return;
  }
  for (const one of program.createHelp().visibleCommands(program)) register(one, ids);
  for (const { long, description } of program.options) {
    if (long != null) tab.option(long.slice(2), description);
  }
  tab.parse([...words]);
}

function wantsFile(command: Command, words: readonly string[]): boolean {
  const word = words.at(-1) ?? '';
  if (FILES.has(words.at(-2) ?? '')) return true;
  if (word.startsWith('-') || words.length < 2) return false;
  const names = command.registeredArguments.map((argument) => argument.name());
  return names.includes('paths') || (names.includes('runbook') && /[/.\\]/.test(word));
}

function register(command: Command, ids: readonly string[]): void {
  const known = tab.command(command.name(), command.description());
  for (const option of command.createHelp().visibleOptions(command)) {
    const name = option.long?.slice(2) ?? option.name();
    const short = option.short?.slice(1);
    if (takesValue(option)) {
      known.option(name, option.description, values(option.argChoices), short);
    } else if (short === undefined) known.option(name, option.description);
    else known.option(name, option.description, short);
  }
  for (const argument of command.registeredArguments) {
    const choices = argument.name() === 'runbook' ? ids : argument.argChoices;
    known.argument(argument.name(), values(choices), argument.variadic);
  }
}

function takesValue({ required, optional }: Option): boolean {
  return required || optional;
}

function values(choices: readonly string[] | undefined): (offer: Complete) => void {
  return (offer) => {
    for (const choice of choices ?? []) offer(choice, '');
  };
}
