import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

/** In this format on a terminal, unless NO_COLOR is set. */
export function styled(format: Format, text: string): string {
  const colored = process.stdout.isTTY && !process.env['NO_COLOR'];
  return colored ? styleText(format, text, { validateStream: false }) : text;
}
