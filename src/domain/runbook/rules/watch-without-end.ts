import type { Diagnostic } from '#domain/diagnostic.ts';
import { isJsonObject } from '#domain/json.ts';

import { atKey, type ParsedFile } from './rule.ts';
import type { WrittenStep } from './written-steps.ts';

/** A watch gives up some time. */
export function watchWithoutEnd(
  steps: readonly WrittenStep[],
  file: ParsedFile,
): readonly Diagnostic[] {
  return steps.flatMap(({ keys, path }) => {
    const { watch } = keys;
    if (!isJsonObject(watch)) return [];
    if ('giveUpAfter' in watch) return [];
    const message = 'this watch never gives up: `giveUpAfter` is missing';
    const hint = 'write giveUpAfter: 10m';
    return [
      file.source.problem('watch-without-end', atKey(file, [...path, 'watch']), message, hint),
    ];
  });
}
