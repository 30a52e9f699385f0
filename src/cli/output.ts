import { styleText } from 'node:util';

/** Data goes to stdout, everything else to stderr, so that a pipe gets data only. */
export function print(data: string): void {
  process.stdout.write(data.endsWith('\n') ? data : `${data}\n`);
}

export function printJson(data: object): void {
  print(JSON.stringify(data, null, 2));
}

export function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** In red, where stderr is a terminal that shows colors and NO_COLOR is not set. */
export function tellProblem(text: string): void {
  tell(styleText('red', text, { stream: process.stderr }));
}
