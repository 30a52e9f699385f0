import { isJsonArray, objectOf, type JsonObject } from '#domain/json.ts';

import type { RehearsalCase } from './rehearsal-case.ts';

/** The mocks of a case with how often each was used. */
export type Mocks = {
  /** What the next call gets, without using it up; null where there is no mock. */
  peek(path: string): JsonObject | null;
  take(path: string): JsonObject | null;
};

export function createMocks(given: RehearsalCase['mocks'] = {}): Mocks {
  const used = new Map<string, number>();

  function find(path: string): { key: string; mock: JsonObject } | null {
    const key = [path, path.replace(/\[.*\]/s, '')].find((one) => Object.hasOwn(given, one));
    if (key === undefined) return null;
    const value = given[key];
    const list = isJsonArray(value) ? value : [value ?? {}];
    const mock = list[Math.min(used.get(key) ?? 0, list.length - 1)];
    return { key, mock: objectOf(mock) };
  }

  return {
    peek: (path) => find(path)?.mock ?? null,
    take(path) {
      const found = find(path);
      if (found === null) return null;
      used.set(found.key, (used.get(found.key) ?? 0) + 1);
      return found.mock;
    },
  };
}
