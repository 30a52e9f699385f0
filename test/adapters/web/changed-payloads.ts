import { readdirSync, readFileSync } from 'node:fs';

import * as fc from 'fast-check';

/** Payloads as sources sent them, and what becomes of them when one of their values is another. */

/** What readers stumble over. */
export const hostile = fc.constantFrom<unknown>(
  '\0',
  '\ud800',
  '__proto__',
  { __proto__: null, constructor: 1 },
  'x'.repeat(70_000),
  '9999-99-99T99:99:99Z',
  '+275760-09-13T00:00:00.001Z',
  '9999-12-31T23:59:59-23:00',
  -1,
  2 ** 53,
  1e308,
  [[[[]]]],
);

type Place = readonly string[];

export function placesIn(value: unknown, above: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [above];
  const inside = Object.entries(value).flatMap(([key, one]) => placesIn(one, [...above, key]));
  return [above, ...inside];
}

export function replaced(value: unknown, place: Place, by: unknown): unknown {
  const [key, ...rest] = place;
  if (key === undefined) return by;
  const entries = Object.entries(Object(value)).map(([name, one]) => [
    name,
    name === key ? replaced(one, rest, by) : one,
  ]);
  return Array.isArray(value) ? entries.map(([, one]) => one) : Object.fromEntries(entries);
}

export function fixture(name: string): string {
  return readFileSync(new URL(`../../fixtures/${name}.json`, import.meta.url), 'utf8');
}

export function fixturesOf(source: string): string[] {
  return readdirSync(new URL(`../../fixtures/${source}/`, import.meta.url)).map((file) =>
    file.replace(/\.json$/, ''),
  );
}
