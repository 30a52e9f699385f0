import { parseTemplate } from '#domain/expressions/template.ts';
import { isJsonObject, type Json } from '#domain/json.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import { nodeAt, type Path, type Range, toJson } from '#domain/runbook/yaml/yaml-node.ts';

import {
  atPart,
  atValue,
  type LocatedStep,
  locatedSteps,
  type ParsedFile,
  type Subject,
} from './rule.ts';

/** An expression with where it was written, what it may name, and what it has to be. */
export type ExpressionSite = {
  expression: string;
  path: Path;
  /** Within the text at `path`; null where the expression was made from a short form. */
  part: Range | null;
  /** `before` the step ran, `after` it with its `result`, or over a response `body`. */
  scope: 'before' | 'after' | 'body';
  wants: 'bool' | 'list' | 'any';
  /** Only people read it: where it fails, the rest of the text still stands. */
  forPeople: boolean;
};

type Kind = Pick<ExpressionSite, 'scope' | 'wants' | 'forPeople'>;

const BEFORE: Kind = { scope: 'before', wants: 'any', forPeople: false };
const AFTER: Kind = { scope: 'after', wants: 'any', forPeople: false };
const CONDITION: Kind = { ...BEFORE, wants: 'bool' };
const JUDGEMENT: Kind = { ...AFTER, wants: 'bool' };
const TOLD: Kind = { ...AFTER, forPeople: true };

/** Reading each of them takes a while; a file with more, or with more in them, is no runbook. */
const MAX_EXPRESSIONS = 500;
const MAX_CHARACTERS = 20_000;

export type LocatedSite = { located: LocatedStep; site: ExpressionSite };

export type Sites = {
  sites: readonly LocatedSite[];
  /** The first that is one too many. */
  over: LocatedSite | null;
};

const known = new WeakMap<Runbook, Sites>();

/** The expressions of a runbook, as many as it may have. Several rules ask; one finds them. */
export function allSites(subject: Subject): Sites {
  const sites = known.get(subject.runbook) ?? findSites(subject);
  known.set(subject.runbook, sites);
  return sites;
}

function findSites(subject: Subject): Sites {
  const all = locatedSteps(subject).flatMap((located) =>
    sitesOf(located).map((site) => ({ located, site })),
  );
  let characters = 0;
  const limit = all.findIndex(({ site }, index) => {
    characters += site.expression.length;
    return index >= MAX_EXPRESSIONS || characters > MAX_CHARACTERS;
  });
  return limit === -1
    ? { sites: all, over: null }
    : { sites: all.slice(0, limit), over: all[limit] ?? null };
}

/** Every expression of a step; of one that repeats another, only what is its own. */
function sitesOf({ step, path }: LocatedStep): readonly ExpressionSite[] {
  const own = step.repeats === null;
  return [
    ...whole(step.if, [...path, 'if'], CONDITION),
    ...whole(step.watch?.giveUpWhen, [...path, 'watch', 'giveUpWhen'], JUDGEMENT),
    ...(['every', 'hold', 'giveUpAfter'] as const).flatMap((key) =>
      inText(step.watch?.[key], [...path, 'watch', key], BEFORE),
    ),
    ...inText(step.timeout, [...path, 'timeout'], BEFORE),
    ...inText(step.fallback, [...path, 'fallback'], { ...BEFORE, forPeople: true }),
    ...(own ? ownSites({ step, path }) : []),
  ];
}

function ownSites({ step, path }: Pick<LocatedStep, 'step' | 'path'>): readonly ExpressionSite[] {
  const foreach = step.foreach;
  return [
    ...whole(step.pass, [...path, 'pass'], JUDGEMENT),
    ...whole(step.fail, [...path, 'fail'], JUDGEMENT),
    ...whole(foreach?.list, [...path, 'foreach', foreach?.name ?? ''], {
      ...BEFORE,
      wants: 'list',
    }),
    ...Object.entries(step.outputs).flatMap(([name, expression]) =>
      whole(expression, [...path, 'outputs', name], AFTER),
    ),
    ...Object.entries(step.finding).flatMap(([outcome, text]) =>
      inText(text, [...path, 'finding', outcome], TOLD),
    ),
    ...inValue(step.with, [...path, 'with'], step.uses),
  ];
}

function whole(
  expression: string | null | undefined,
  path: Path,
  kind: Kind,
): readonly ExpressionSite[] {
  if (expression === null || expression === undefined) return [];
  return [{ expression, path, part: { start: 0, end: expression.length }, ...kind }];
}

function inText(
  text: string | null | undefined,
  path: Path,
  kind: Kind,
): readonly ExpressionSite[] {
  if (typeof text !== 'string') return [];
  return parseTemplate(text).flatMap((piece) =>
    piece.kind === 'expression'
      ? [{ expression: piece.expression, path, part: piece, ...kind }]
      : [],
  );
}

function inValue(value: Json, path: Path, uses: string): readonly ExpressionSite[] {
  const key = path.at(-1);
  const within = path.at(-2);
  if (typeof value === 'string') {
    if (uses === 'check.http' && key === 'json' && within === 'expect') {
      return whole(value, path, { scope: 'body', wants: 'bool', forPeople: false });
    }
    if (uses === 'choose' && key === 'recommend') return whole(value, path, CONDITION);
    const role = kindOf(uses)?.role;
    return inText(value, path, { ...BEFORE, forPeople: role === 'tell' || role === 'person' });
  }
  if (Array.isArray(value)) {
    return value.flatMap((item: Json, index) => inValue(item, [...path, index], uses));
  }
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => inValue(member, [...path, name], uses));
}

/** A part of an expression in its file; all of the value where it does not stand there as it is. */
export function atSite(
  { path, part, expression }: ExpressionSite,
  { start, end }: Range,
  file: ParsedFile,
): Range {
  const node = nodeAt(file.root, path);
  const written = node === null ? null : toJson(node);
  const stands =
    part !== null &&
    typeof written === 'string' &&
    written.slice(part.start, part.end) === expression;
  if (!stands) return atValue(file, path);
  return atPart(file, path, {
    start: part.start + start,
    end: part.start + Math.max(end, start + 1),
  });
}
