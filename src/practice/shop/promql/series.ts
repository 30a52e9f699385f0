import { RE2JS } from 're2js';

import { PromqlError } from './error.ts';
import type { Grouping, Matcher } from './expression.ts';

export type Labels = Readonly<Record<string, string>>;

/** `v` is null where a series ended (a stale marker). `t` is in milliseconds. */
export type Sample = { t: number; v: number | null };
export type Series = { labels: Labels; samples: readonly Sample[] };

/** One value for each series, at one time. */
export type Vector = readonly { labels: Labels; value: number }[];

/** A label that is missing matches as the empty string, a regular expression from end to end. */
export function compileMatchers(matchers: readonly Matcher[]): (labels: Labels) => boolean {
  const tests = matchers.map(({ label, op, value }) => {
    const equals = op === '=' || op === '!=' ? (text: string) => text === value : regex(value);
    const wanted = op === '=' || op === '=~';
    return (labels: Labels) => equals(labels[label] ?? '') === wanted;
  });
  return (labels) => tests.every((test) => test(labels));
}

function regex(pattern: string): (text: string) => boolean {
  try {
    const compiled = RE2JS.compile(pattern);
    return (text) => compiled.matches(text);
  } catch (error) {
    throw new PromqlError('bad_data', `bad regular expression "${pattern}": ${String(error)}`);
  }
}

export function withoutName(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => name !== '__name__'));
}

/** The labels that a grouping leaves; the metric's name never counts. */
export function group(labels: Labels, grouping: Grouping): Labels {
  return Object.fromEntries(
    Object.entries(withoutName(labels)).filter(
      ([name]) => grouping.labels.includes(name) === grouping.keep,
    ),
  );
}

/** Equal for equal sets of labels, whatever their order. */
export function signature(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
