import type { Range } from './yaml-node.ts';

/** What follows a mistake of syntax, or goes beyond a limit, is not read. */
export class Unreadable extends Error {
  readonly range: Range;
  readonly hint: string | undefined;

  constructor(range: Range, message: string, hint?: string) {
    super(message);
    this.range = range;
    this.hint = hint;
  }
}

/** About one character. */
export function errorAt(at: number, message: string, hint?: string): Unreadable {
  return new Unreadable({ start: at, end: at + 1 }, message, hint);
}
