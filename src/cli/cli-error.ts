/** A command can't go on, and the person who typed it can do something about it: the message says what. */
export class CliError extends Error {
  override readonly name = 'CliError';
}
