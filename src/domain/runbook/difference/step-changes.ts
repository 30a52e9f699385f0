import { isJsonObject, objectOf, type Json, type JsonObject } from '#domain/json.ts';
import { outcomeWord } from '#domain/runbook/graph/outcome-words.ts';
import type { Step } from '#domain/runbook/runbook.ts';

import { changedText, code, quoted } from './change-text.ts';
import { valueChanges } from './value-changes.ts';

/** What changed within a step, apart from where it stands and where it leads. */
export function stepChanges(before: Step, after: Step): readonly string[] {
  return [
    ...textOf('Title', before.title, after.title),
    ...textOf('Why', before.why, after.why),
    ...codeOf('Kind', before.uses, after.uses),
    ...codeOf('Repeats', before.repeats, after.repeats),
    ...codeOf('Runs only if', before.if, after.if),
    ...valueChanges('', withoutRoutes(before), withoutRoutes(after)),
    ...codeOf('OK if', before.pass, after.pass),
    ...codeOf('Problem found if', before.fail, after.fail),
    ...codeOf('Without data', before.noData, after.noData),
    ...findingChanges(before.finding, after.finding),
    ...valueChanges('output', before.outputs, after.outputs),
    ...codeOf('Timeout', before.timeout, after.timeout),
    ...valueChanges('retry', before.retry ?? undefined, after.retry ?? undefined),
    ...valueChanges('watch', before.watch ?? undefined, after.watch ?? undefined),
    ...valueChanges('foreach', before.foreach ?? undefined, after.foreach ?? undefined),
    ...valueChanges('approval', before.approval ?? undefined, after.approval ?? undefined),
    ...textOf('By hand', before.fallback, after.fallback),
    ...nestedChanges(before.steps, after.steps),
  ];
}

function textOf(name: string, before: string | null, after: string | null): readonly string[] {
  return changedText(name, before, after, quoted);
}

function codeOf(name: string, before: string | null, after: string | null): readonly string[] {
  return changedText(name, before, after, code);
}

/** `next` of options is told with the routes. */
function withoutRoutes(step: Step): JsonObject {
  const { options } = step.with;
  if (step.uses !== 'choose' || !isJsonObject(options)) return step.with;
  const bare = Object.entries(options).map(([id, option]) => [id, withoutNext(option)]);
  return { ...step.with, options: Object.fromEntries(bare) };
}

function withoutNext(option: Json): Json {
  return Object.fromEntries(Object.entries(objectOf(option)).filter(([key]) => key !== 'next'));
}

function findingChanges(before: Step['finding'], after: Step['finding']): readonly string[] {
  const outcomes = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...outcomes].flatMap((outcome) =>
    textOf(`Text for ${outcomeWord(outcome)}`, before[outcome] ?? null, after[outcome] ?? null),
  );
}

function nestedChanges(before: readonly Step[], after: readonly Step[]): readonly string[] {
  const old = new Map(before.map((step) => [step.id, step]));
  const current = new Set(after.map(({ id }) => id));
  return [
    ...after.flatMap((step) => {
      const was = old.get(step.id);
      if (was === undefined) return [`Added ${code(step.id)}, ${code(step.uses)}`];
      return stepChanges(was, step).map((change) => `${code(step.id)}: ${change}`);
    }),
    ...before.filter(({ id }) => !current.has(id)).map(({ id }) => `Removed ${code(id)}`),
  ];
}
