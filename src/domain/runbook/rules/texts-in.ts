import type { Path, YamlNode } from '#domain/runbook/yaml/yaml-node.ts';

export type LocatedText = { text: string; path: Path };

/** Every text of a file, keys left out, in the order in which they stand. */
export function textsIn(node: YamlNode, path: Path = []): readonly LocatedText[] {
  const found: LocatedText[] = [];
  collect(node, path, found);
  return found;
}

function collect(node: YamlNode, path: Path, into: LocatedText[]): void {
  switch (node.kind) {
    case 'scalar':
      if (typeof node.value === 'string') into.push({ text: node.value, path });
      return;
    case 'list':
      for (const [index, item] of node.items.entries()) collect(item, [...path, index], into);
      return;
    case 'map':
      for (const { key, value } of node.entries) collect(value, [...path, key], into);
      return;
    default:
      node satisfies never;
  }
}
