import type { z } from 'zod';

import { isJsonArray, isJsonObject, type Json } from '#domain/json.ts';

import { DURATION_HINT } from './kinds/shape.ts';
import type { Path } from './yaml/yaml-node.ts';

type Issue = z.core.$ZodIssue;

/** Each takes the time of a file; whoever has more of them has enough to do. */
const MOST_MENDED = 20;

/**
 * Parses a file. One that is wrong only in keys that nothing reads and in the spelling of durations is
 * parsed as if it were right in them, so that all else that is wrong with it can be told at once.
 */
export function parseAsMeant<T extends z.ZodType>(
  schema: T,
  json: Json,
): { value: z.infer<T> | null; issues: readonly Issue[] } {
  const parsed = schema.safeParse(json);
  if (parsed.success) return { value: parsed.data, issues: [] };
  const { issues } = parsed.error;
  let meant = json;
  for (const issue of issues) {
    const mend = mendOf(issue);
    if (mend === null || issues.length > MOST_MENDED) return { value: null, issues };
    meant = changed(meant, issue.path, mend);
  }
  return { value: schema.safeParse(meant).data ?? null, issues };
}

function mendOf(issue: Issue): ((value: Json) => Json) | null {
  if (issue.code === 'unrecognized_keys') return (value) => without(value, issue.keys);
  if (issue.message !== DURATION_HINT) return null;
  // A watch that gives up late enough for all that it holds.
  return () => (issue.path.at(-1) === 'giveUpAfter' ? '7d' : '1s');
}

function changed(value: Json, path: Path, change: (value: Json) => Json): Json {
  const [first, ...rest] = path;
  if (first === undefined) return change(value);
  if (isJsonArray(value)) {
    return value.map((item, index) => (index === first ? changed(item, rest, change) : item));
  }
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === first ? changed(item, rest, change) : item,
    ]),
  );
}

function without(value: Json, keys: readonly string[]): Json {
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}
