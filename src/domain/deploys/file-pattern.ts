/**
 * Whether a path matches a pattern such as `db/migrations/**`: `*` and `?` stay within one
 * segment, `**` is any number of segments. Case matters. Linear in the path for each `**`.
 */
export function matchesFilePattern(pattern: string, path: string): boolean {
  return matchSequence(pattern.split('/'), path.split('/'), '**', matchesSegment);
}

function matchesSegment(pattern: string, segment: string): boolean {
  return matchSequence(pattern.split(''), segment.split(''), '*', (a, b) => a === '?' || a === b);
}

/** Greedy matching with one place to come back to: the last wildcard met. */
function matchSequence(
  pattern: readonly string[],
  items: readonly string[],
  wildcard: string,
  matchesOne: (pattern: string, item: string) => boolean,
): boolean {
  let at = 0;
  let position = 0;
  let retry: { at: number; position: number } | null = null;
  while (position < items.length) {
    const wanted = pattern[at];
    const item = items[position] ?? '';
    if (wanted === wildcard) {
      retry = { at: at + 1, position };
      at += 1;
    } else if (wanted !== undefined && matchesOne(wanted, item)) {
      at += 1;
      position += 1;
    } else if (retry !== null) {
      retry = { at: retry.at, position: retry.position + 1 };
      ({ at, position } = retry);
    } else {
      return false;
    }
  }
  return pattern.slice(at).every((rest) => rest === wildcard);
}
