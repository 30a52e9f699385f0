/** A text from outside: it may not end the line, nor steer the terminal. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

/** The same text, character by character, that can neither steer the terminal nor turn what stands behind it. */
export function inert(text: string): string {
  return text.replaceAll(STEERING, ' ');
}

const STEERING = /(?![\n\t])\p{Cc}|[\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** As `oneLine`, for each of its lines. */
export function inertLines(text: string): string[] {
  return text.split('\n').map(oneLine);
}
