import type { Place } from '#domain/diagnostic.ts';
import { readYaml } from '#domain/runbook/yaml/read-yaml.ts';
import { keyRangeAt, rangeAt } from '#domain/runbook/yaml/yaml-node.ts';

import type { Coverable } from './coverage.ts';

export type Missed = Place & Pick<Coverable, 'kind' | 'name'>;

/** Where that which no case goes through stands in the runbook's file: the id of a step, the key of a route. */
export function missedPlaces(
  { file, bytes }: { file: string; bytes: Uint8Array },
  missed: readonly Coverable[],
): readonly Missed[] {
  if (missed.length === 0) return [];
  const { source, root } = readYaml(file, bytes);
  return missed.map(({ kind, name, path }) => {
    const rangeOf = kind === 'step' ? rangeAt : keyRangeAt;
    const { start, end } = root === null ? { start: 0, end: 0 } : rangeOf(root, path);
    return { ...source.place(start, end), kind, name };
  });
}
