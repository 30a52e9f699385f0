import { readFile } from 'node:fs/promises';

import type { Place } from '#domain/diagnostic.ts';
import { isJsonObject } from '#domain/json.ts';
import { readYaml } from '#domain/runbook/yaml/read-yaml.ts';
import { nodeAt, rangeAt, toJson } from '#domain/runbook/yaml/yaml-node.ts';

/** Where the steps of a runbook stand; a nested one or a called one at the step that holds it. */
export async function placesIn(file: string, shown: string): Promise<(id: string) => Place> {
  const bytes = await readFile(file);
  const { source, root } = readYaml(shown, bytes);
  const steps = root === null ? null : nodeAt(root, ['steps']);
  const written = steps === null ? null : toJson(steps);
  const ids = Array.isArray(written)
    ? written.map((step: unknown) => (isJsonObject(step) ? step['id'] : null))
    : [];
  return (id) => {
    const index = ids.indexOf(/^[a-z0-9_]*/.exec(id)?.[0] ?? '');
    const range =
      root === null || index === -1 ? { start: 0, end: 1 } : rangeAt(root, ['steps', index, 'id']);
    return source.place(range.start, range.end);
  };
}
