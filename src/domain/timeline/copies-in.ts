import { isJsonArray, objectOf, textOf } from '#domain/json.ts';

import type { Entry } from './entries.ts';

/** The pictures of a note that we have a copy of. */
export function copiesIn(evidence: Entry['evidence']): { copy: string; name: string }[] {
  const files = evidence?.['files'];
  if (!isJsonArray(files)) return [];
  return files.flatMap((file) => {
    const { copy, name } = objectOf(file);
    return typeof copy === 'string' ? [{ copy, name: textOf(name) }] : [];
  });
}
