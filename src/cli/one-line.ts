/** A text from outside: it may not end the line, nor steer the terminal. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** As `oneLine`, for each of its lines. */
export function inertLines(text: string): string[] {
  return text.split('\n').map(oneLine);
}
