import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type ParsedNode } from 'yaml';

import type { Diagnostic } from '#domain/diagnostic.ts';

import { MAX_NODES } from './limits.ts';
import type { SourceText } from './source-text.ts';
import type { Range, YamlEntry, YamlNode } from './yaml-node.ts';

type Building = {
  source: SourceText;
  problems: Diagnostic[];
  /** By anchor, the newest so far; null while it is being built, when an alias closes a cycle. */
  anchors: Map<string, { node: YamlNode; size: number } | null>;
  /** Values so far, those behind an alias counted each time. */
  size: number;
};

/** Turns the library's tree into ours. Goes on after a problem, except past the limit of size. */
export function buildTree(
  contents: Node,
  source: SourceText,
): { root: YamlNode; diagnostics: readonly Diagnostic[] } {
  const building: Building = { source, problems: [], anchors: new Map(), size: 0 };
  const root = build(contents, building);
  if (building.size > MAX_NODES) {
    building.problems.push(
      source.problem('bad-yaml', rangeOf(contents), 'its aliases unfold to more than 5,000 values'),
    );
  }
  return { root, diagnostics: building.problems };
}

function build(node: unknown, building: Building): YamlNode {
  if (isAlias(node)) return resolve(node, building);

  building.size += 1;
  const before = building.size;
  const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
  if (anchor !== undefined) building.anchors.set(anchor, null);

  const built = buildValue(node, building);
  if (anchor !== undefined) {
    building.anchors.set(anchor, { node: built, size: building.size - before + 1 });
  }
  return built;
}

function resolve(alias: Node & { source: string }, building: Building): YamlNode {
  const target = building.anchors.get(alias.source);
  if (target !== undefined && target !== null) {
    building.size += target.size;
    return target.node;
  }
  const message =
    target === null ? `*${alias.source} stands inside itself` : `nothing is named &${alias.source}`;
  return invalid(building, rangeOf(alias), message);
}

function buildValue(node: unknown, building: Building): YamlNode {
  if (isMap(node)) {
    return { kind: 'map', ...rangeOf(node), entries: buildEntries(node.items, building) };
  }
  if (isSeq(node)) {
    const items = node.items.map((item) => build(item, building));
    return { kind: 'list', ...rangeOf(node), items };
  }
  const range = rangeOf(node);
  const value = isScalar(node) ? node.value : null;
  const problem = problemWith(value);
  if (problem !== null) return invalid(building, range, problem);
  return { kind: 'scalar', ...range, value: isPlain(value) ? value : null };
}

function buildEntries(items: readonly Pair[], building: Building): readonly YamlEntry[] {
  const entries = new Map<string, YamlEntry>();
  for (const { key, value } of items) {
    const range = rangeOf(key);
    const name = isScalar(key) ? keyText(key) : null;
    building.size += 1;
    if (name === null) {
      invalid(building, range, 'a key must be text');
      continue;
    }
    if (name === '<<') invalid(building, range, 'merge keys are not allowed');

    const entry = {
      key: name,
      keyStart: range.start,
      keyEnd: range.end,
      value: build(value, building),
    };
    const first = entries.get(name);
    if (first === undefined) entries.set(name, entry);
    else building.problems.push(duplicate(name, first, range, building.source));
  }
  return [...entries.values()];
}

function keyText(key: { value: unknown; source?: string | undefined }): string | null {
  if (typeof key.value === 'string') return key.value.isWellFormed() ? key.value : null;
  return key.value === null || key.source === undefined ? null : key.source;
}

function duplicate(key: string, first: YamlEntry, range: Range, source: SourceText): Diagnostic {
  const { line, column } = source.place(first.keyStart, first.keyEnd);
  return source.problem(
    'duplicate-key',
    range,
    `the key "${key}" stands here a second time; the first is at ${line}:${column}`,
  );
}

function problemWith(value: unknown): string | null {
  if (typeof value === 'string' && !value.isWellFormed()) return 'half a character is no text';
  if (typeof value !== 'number') return null;
  if (!Number.isFinite(value)) return 'a number must be finite';
  return Number.isInteger(value) && !Number.isSafeInteger(value)
    ? 'this number is too large to be kept exactly: put it in quotes'
    : null;
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function invalid(building: Building, range: Range, message: string): YamlNode {
  building.problems.push(building.source.problem('bad-yaml', range, message));
  return { kind: 'scalar', ...range, value: null };
}

function rangeOf(node: unknown): Range {
  const parsed = isAlias(node) || isScalar(node) || isMap(node) || isSeq(node) ? node : null;
  const range: ParsedNode['range'] | null = parsed?.range ?? null;
  return range === null ? { start: 0, end: 0 } : { start: range[0], end: range[1] };
}
