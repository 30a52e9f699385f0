import { PromqlError } from './error.ts';

const UNITS = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 };
const DURATION = /^(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m(?!s))?(?:\d+s)?(?:\d+ms)?$/;
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

/** A number, or a duration in seconds: PromQL takes one for the other. */
export function parseNumber(text: string): number {
  if (/^[+-]?inf$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (/^nan$/i.test(text)) return Number.NaN;

  const value = DURATION.test(text) ? parseDuration(text) : Number(text.replaceAll('_', ''));
  if (Number.isNaN(value)) throw new PromqlError('bad_data', `bad number or duration: ${text}`);
  return value;
}

function parseDuration(text: string): number {
  let seconds = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)(ms|[ywdhms])/g)) {
    seconds += Number(amount) * (Object.entries(UNITS).find(([name]) => name === unit)?.[1] ?? 0);
  }
  return seconds;
}

/** Quoted as in Go: an escape that Go does not know (`"\."`) is an error there, and so here. */
export function parseString(text: string): string {
  const body = text.slice(1, -1);
  if (text.startsWith('`')) return body;
  return body.replaceAll(/\\(.?)/gs, (sequence, letter: string) => {
    const replacement = ESCAPES[letter];
    if (replacement !== undefined) return replacement;
    throw new PromqlError('bad_data', `unknown escape sequence ${sequence} in ${text}`);
  });
}
