import { storable } from '#domain/foreign-answer.ts';

const MAX_SHOWN = 4 * 1024;
const CREDENTIALS = /^(set-cookie|cookie|.*auth.*|.*token.*|.*secret.*|.*api-?key.*)$/i;

/** Headers that may carry a credential keep their name only. */
export function shownHeaders(
  headers: Readonly<Record<string, string>>,
  scrub: (text: string) => string,
): Record<string, string> {
  const shown: Record<string, string> = {};
  let left = MAX_SHOWN;
  for (const [name, value] of Object.entries(headers)) {
    const kept = CREDENTIALS.test(name) ? '[secret]' : storable(scrub(value));
    left -= name.length + kept.length;
    if (left < 0) break;
    shown[name] = kept;
  }
  return shown;
}
