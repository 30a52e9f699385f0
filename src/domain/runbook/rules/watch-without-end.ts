import type { Diagnostic } from '#domain/diagnostic.ts';
import { parseDuration } from '#domain/duration.ts';
import { isJsonObject, type Json } from '#domain/json.ts';

import { atKey, atValue, type ParsedFile } from './rule.ts';
import type { WrittenStep } from './written-steps.ts';

/** A watch gives up some time, and not before it could have passed. */
export function watchWithoutEnd(
  steps: readonly WrittenStep[],
  file: ParsedFile,
): readonly Diagnostic[] {
  return steps.flatMap(({ keys, path }) => {
    const { watch } = keys;
    if (!isJsonObject(watch)) return [];
    const at = [...path, 'watch'];
    if (!('giveUpAfter' in watch)) {
      const message = 'this watch never gives up: `giveUpAfter` is missing';
      const hint = 'write giveUpAfter: 10m';
      return [file.source.problem('watch-without-end', atKey(file, at), message, hint)];
    }
    const [hold, end] = [timeOf(watch['hold']), timeOf(watch['giveUpAfter'])];
    if (hold === null || end === null || hold < end) return [];
    const message = 'it gives up before it can have passed for its `hold`';
    return [file.source.problem('bad-value', atValue(file, [...at, 'giveUpAfter']), message)];
  });
}

function timeOf(value: Json | undefined): number | null {
  return typeof value === 'string' ? parseDuration(value) : null;
}
