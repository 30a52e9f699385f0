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

/** In red on a terminal, unless NO_COLOR is set; FORCE_COLOR changes nothing about either. */
export function tellProblem(text: string): void {
  const colored = process.stderr.isTTY && !process.env['NO_COLOR'];
  tell(colored ? styleText('red', text, { validateStream: false }) : text);
}
