import { isJsonObject, type Json } from '#domain/json.ts';
import type { Step } from '#domain/runbook/runbook.ts';

import { compile } from './compile.ts';
import { hasTemplate, parseTemplate } from './template.ts';

/** The ids under `steps.` in an expression, each once; none for one that cannot be parsed. */
export function stepsRead(expression: string): readonly string[] {
  const compilation = compile(expression);
  return compilation.ok ? (compilation.compiled.steps ?? []) : [];
}

const known = new WeakMap<Step, readonly string[]>();

/**
 * The ids that any expression or template of a step reads, its nested steps' siblings left out. A
 * run asks this of the same steps over and over.
 */
export function stepsReadBy(step: Step): readonly string[] {
  const before = known.get(step);
  if (before !== undefined) return before;
  const read = readBy(step);
  known.set(step, read);
  return read;
}

function readBy(step: Step): readonly string[] {
  const siblings = new Set(step.steps.map((child) => child.id));
  const nested = step.steps.flatMap(stepsReadBy).filter((id) => !siblings.has(id));
  const own = [...expressionsOf(step), ...templatesOf(step).flatMap(expressionsIn)];
  return [...new Set([...own.flatMap(stepsRead), ...nested])];
}

/**
 * The ids without whose facts a step can not begin or come to its verdict. Its texts for people and its
 * outputs may lack a word, and what is asked with `has(…)` may be missing.
 */
export function stepsNeededBy(step: Step): readonly string[] {
  const templates = [...stringsIn(step.with), step.timeout ?? ''].filter(hasTemplate);
  return [
    step.if,
    step.pass,
    step.fail,
    step.foreach?.list ?? null,
    ...templates.flatMap(expressionsIn),
  ].flatMap((expression) =>
    expression === null || expression.includes('has(') ? [] : stepsRead(expression),
  );
}

/** What a step has that is CEL as a whole. */
export function expressionsOf(step: Step): readonly string[] {
  return [
    step.if,
    step.pass,
    step.fail,
    step.foreach?.list ?? null,
    step.watch?.giveUpWhen ?? null,
    ...Object.values(step.outputs),
    ...recommendations(step),
  ].filter((expression) => expression !== null);
}

function recommendations(step: Step): readonly string[] {
  const options = step.with['options'];
  if (step.uses !== 'choose' || !isJsonObject(options)) return [];
  return Object.values(options)
    .map((option) => (isJsonObject(option) ? option['recommend'] : null))
    .filter((recommend) => typeof recommend === 'string');
}

function templatesOf(step: Step): readonly string[] {
  return [
    ...stringsIn(step.with),
    ...Object.values(step.finding),
    step.timeout,
    step.fallback,
    step.watch?.every ?? null,
    step.watch?.hold ?? null,
    step.watch?.giveUpAfter ?? null,
  ]
    .filter((template) => template !== null)
    .filter(hasTemplate);
}

export function expressionsIn(template: string): readonly string[] {
  return parseTemplate(template).flatMap((part) =>
    part.kind === 'expression' ? [part.expression] : [],
  );
}

function stringsIn(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  if (isJsonObject(value)) return Object.values(value).flatMap(stringsIn);
  return Array.isArray(value) ? value.flatMap((item: Json) => stringsIn(item)) : [];
}
