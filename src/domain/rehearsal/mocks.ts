import { isJsonArray, objectOf, type JsonObject } from '#domain/json.ts';

import type { RehearsalCase } from './rehearsal-case.ts';

/** The mocks of a case with how often each place has used its own. */
export type Mocks = {
  /** What the next call gets, without using it up; null where there is no mock. */
  peek(place: string): JsonObject | null;
  take(place: string): JsonObject | null;
};

/** Each place counts for itself: the items of `foreach` run at once, in no order to rely on. */
export function createMocks(given: RehearsalCase['mocks'] = {}): Mocks {
  const used = new Map<string, number>();

  function peek(place: string): JsonObject | null {
    const key = [place, forEveryItem(place)].find((one) => Object.hasOwn(given, one));
    const value = key === undefined ? undefined : given[key];
    if (value === undefined) return null;
    const list = isJsonArray(value) ? value : [value];
    return objectOf(list[Math.min(used.get(place) ?? 0, list.length - 1)]);
  }

  return {
    peek,
    take(place) {
      const mock = peek(place);
      used.set(place, (used.get(place) ?? 0) + 1);
      return mock;
    },
  };
}

/** `parent[item].child` → `parent.child`. */
export function forEveryItem(place: string): string {
  return place.replace(/\[.*\]/s, '');
}
