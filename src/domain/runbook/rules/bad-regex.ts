import { RE2JS } from 're2js';

import type { Diagnostic } from '#domain/diagnostic.ts';
import { compile, textsGiven } from '#domain/expressions/compile.ts';
import { hasTemplate } from '#domain/expressions/template.ts';
import { isJsonObject, type Json } from '#domain/json.ts';
import { patternBudget } from '#domain/runbook/pattern-size.ts';
import type { Path, Range } from '#domain/runbook/yaml/yaml-node.ts';

import { allSites, atSite } from './expression-sites.ts';
import { atValue, locatedSteps, type Subject } from './rule.ts';

const PATTERN_KEYS = new Set(['pattern', 'notMatching', 'bodyMatches']);

/** Every regular expression is one of RE2: no look-around, no back references. */
export function badRegex(subject: Subject): readonly Diagnostic[] {
  const { runbook, file } = subject;
  const patterns = [
    ...Object.entries(runbook.inputs).flatMap(([name, spec]) =>
      spec.pattern === undefined
        ? []
        : [{ pattern: spec.pattern, path: ['inputs', name, 'pattern'] }],
    ),
    ...runbook.triggers.flatMap((trigger, index) =>
      trigger.kind === 'alert' ? matchers(trigger.alert, ['triggers', index, 'alert']) : [],
    ),
    ...locatedSteps(subject)
      .filter(({ step }) => step.repeats === null)
      .flatMap(({ step, path }) => patternsIn(step.with, [...path, 'with'])),
  ];
  const fits = patternBudget();
  const ranged = patterns.map(({ pattern, path }) => ({ pattern, range: atValue(file, path) }));
  return [...ranged, ...inExpressions(subject)].flatMap(({ pattern, range }) => {
    const why = fits(pattern) ? whyNoPattern(pattern) : TOO_LARGE;
    return why === null ? [] : [file.source.problem('bad-regex', range, why)];
  });
}

/** Patterns that an expression gives to `re()` as they stand. */
function inExpressions(subject: Subject): readonly { pattern: string; range: Range }[] {
  return allSites(subject).sites.flatMap(({ site }) => {
    if (!site.expression.includes('re(')) return [];
    const compilation = compile(site.expression);
    if (!compilation.ok) return [];
    return textsGiven(compilation.compiled.root, 're').map(({ text, node }) => ({
      pattern: text,
      range: atSite(site, node, subject.file),
    }));
  });
}

type Located = { pattern: string; path: Path };

function matchers(alert: Readonly<Record<string, string>>, path: Path): readonly Located[] {
  return Object.entries(alert)
    .filter(([, value]) => value.startsWith('~'))
    .map(([label, value]) => ({ pattern: value.slice(1), path: [...path, label] }));
}

function patternsIn(value: Json, path: Path): readonly Located[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: Json, index) => patternsIn(item, [...path, index]));
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' && PATTERN_KEYS.has(key) && !hasTemplate(inner)
      ? [{ pattern: inner, path: [...path, key] }]
      : patternsIn(inner, [...path, key]),
  );
}

const TOO_LARGE = 'the regular expressions of this file repeat too much: count less';

/** Reading one takes long, and runbooks of a team have the same ones. */
const read = new Map<string, string | null>();
const KEPT = 1_000;

export function whyNoPattern(pattern: string): string | null {
  const known = read.get(pattern);
  if (known !== undefined) return known;
  const why = compileProblem(pattern);
  if (read.size >= KEPT) read.clear();
  read.set(pattern, why);
  return why;
}

function compileProblem(pattern: string): string | null {
  try {
    RE2JS.compile(pattern);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : 'this is no regular expression';
  }
}
