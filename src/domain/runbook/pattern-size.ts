/** Where the patterns of one file come to more, the rest of them is not looked at. */
const MOST_OF_PATTERNS = 20_000;

/**
 * About how many instructions a regular expression becomes: its length times what its counts, such as
 * `{1,1000}`, multiply it by. Cheap, so that a large one need not be compiled to be refused.
 */
export function patternSize(pattern: string): number {
  let size = pattern.length;
  for (const [, least = '', most = ''] of pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/g)) {
    size *= Math.max(1, Number(least), Number(most));
  }
  return size;
}

/** Whether the next pattern can still be looked at, of several that are asked for in turn. */
export function patternBudget(): (pattern: string) => boolean {
  let left = MOST_OF_PATTERNS;
  return (pattern) => {
    left -= patternSize(pattern);
    return left >= 0;
  };
}
