import { styleText } from 'node:util';

import { inert } from './one-line.ts';

/**
 * Data goes to stdout, everything else to stderr, so that a pipe gets data only. Much of either is made of
 * what files, targets and people say.
 */
export function print(data: string): void {
  printPainted(inert(data));
}

/** With colors of ours; what others say in it is made inert where they are put on. */
export function printPainted(text: string): void {
  if (text === '') return;
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

export function printJson(data: object): void {
  print(jsonText(data));
}

/** What JSON may have as it is and a terminal obeys is escaped; it reads as the same. */
export function jsonText(data: object): string {
  return JSON.stringify(data, null, 2).replaceAll(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/gu, (found) =>
    Array.from(
      found.split(''),
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}

export function tell(text: string): void {
  process.stderr.write(`${inert(text)}\n`);
}

/** In red on a terminal, unless NO_COLOR is set; FORCE_COLOR changes nothing about either. */
export function tellProblem(text: string): void {
  const colored = process.stderr.isTTY && !process.env['NO_COLOR'];
  const plain = inert(text);
  process.stderr.write(`${colored ? styleText('red', plain, { validateStream: false }) : plain}\n`);
}
