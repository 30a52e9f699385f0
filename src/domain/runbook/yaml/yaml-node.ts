import type { Json } from '#domain/json.ts';

/** A YAML value with where it stands; offsets are into the file's text. Aliases are resolved. */
export type YamlNode = { start: number; end: number } & (
  | { kind: 'scalar'; value: string | number | boolean | null }
  | { kind: 'map'; entries: readonly YamlEntry[] }
  | { kind: 'list'; items: readonly YamlNode[] }
);
export type YamlEntry = { key: string; keyStart: number; keyEnd: number; value: YamlNode };
export type Range = { start: number; end: number };
export type Path = readonly PropertyKey[];

/** What stands for a value that is missing. */
export function nullAt(at: number): YamlNode {
  return { kind: 'scalar', start: at, end: at, value: null };
}

export function toJson(node: YamlNode): Json {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(toJson);
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, toJson(value)]));
    default:
      return node satisfies never;
  }
}

export function child(node: YamlNode, key: PropertyKey): YamlNode | null {
  if (node.kind === 'list') return node.items[Number(key)] ?? null;
  return entry(node, key)?.value ?? null;
}

function entry(node: YamlNode, key: PropertyKey): YamlEntry | null {
  return node.kind === 'map' ? (node.entries.find((each) => each.key === key) ?? null) : null;
}

export function nodeAt(root: YamlNode, path: Path): YamlNode | null {
  let node: YamlNode | null = root;
  for (const key of path) node = node === null ? null : child(node, key);
  return node;
}

/** Where a value stands; where it is missing, the nearest thing around it that exists. */
export function rangeAt(root: YamlNode, path: Path): Range {
  let node = root;
  for (const key of path) {
    const next = child(node, key);
    if (next === null) return headOf(node);
    node = next;
  }
  return node.kind === 'scalar' ? node : headOf(node);
}

/** Where the last key of a path stands. */
export function keyRangeAt(root: YamlNode, path: Path): Range {
  const parent = nodeAt(root, path.slice(0, -1));
  const key = path.at(-1);
  const found = parent === null || key === undefined ? null : entry(parent, key);
  return found === null ? rangeAt(root, path) : { start: found.keyStart, end: found.keyEnd };
}

/** A map is pointed at by its first key: the whole of it would underline half the file. */
function headOf(node: YamlNode): Range {
  const first = node.kind === 'map' ? node.entries[0] : undefined;
  return first === undefined ? node : { start: first.keyStart, end: first.keyEnd };
}
