import { CommanderError, Option } from 'commander';

import { exitCodes } from './exit-codes.ts';

export function format(first: string, ...others: string[]): Option {
  return new Option('--format <format>', 'how to write it')
    .choices([first, ...others])
    .default(first);
}

export function ofPractice(): Option {
  return new Option('--practice', "practice's instead of the bot's").default(false);
}

export function asWhom(): Option {
  return new Option('--as <person>', 'who you are, in practice');
}

export function gathered(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}

export function listed(text: string, before: readonly string[]): readonly string[] {
  const ids = text.split(',').map((id) => id.trim());
  return [...before, ...ids.filter((id) => id !== '')];
}

export function wholeNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new CommanderError(
    exitCodes.usage,
    'handrail.seed',
    `error: --seed must be a whole number, not '${text}'.`,
  );
}
