const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const;

/** For schemas: whole numbers with units, longest unit first, each unit at most once. */
export const DURATION_PATTERN =
  /^(?=\d)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+)s)?(?:(\d+)ms)?$/;

const LONGEST = 36_500 * 86_400_000;

/**
 * Milliseconds of `250ms`, `90s`, `5m`, `2h`, `7d` or a compound such as `1h30m`; null for every
 * other spelling (`1.5h`, `5 m`, `-5m`, `PT5M`, `30m1h`) and for more than a hundred years.
 */
export function parseDuration(text: string): number | null {
  const match = DURATION_PATTERN.exec(text);
  if (match === null) return null;
  const total = UNITS.reduce(
    (sum, [, size], index) => sum + Number(match[index + 1] ?? 0) * size,
    0,
  );
  return total <= LONGEST ? total : null;
}

/** The shortest spelling: `1m30s`, `80ms`, `0s`. Whole milliseconds; a negative one begins with `-`. */
export function formatDuration(milliseconds: number): string {
  let rest = Math.abs(Math.round(milliseconds));
  let text = '';
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  if (text === '') return '0s';
  return milliseconds < 0 ? `-${text}` : text;
}

/** As people read it, to the second: `1 m 30 s`, `40 s`. */
export function spokenDuration(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1_000) * 1_000;
  return formatDuration(seconds)
    .replaceAll(/(\d)([a-z]+)/g, '$1 $2 ')
    .trim();
}
