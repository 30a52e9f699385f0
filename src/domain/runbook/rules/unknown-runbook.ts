import type { Diagnostic } from '#domain/diagnostic.ts';
import { hasTemplate } from '#domain/expressions/template.ts';
import { type Json, type JsonObject, objectOf } from '#domain/json.ts';
import { closest } from '#domain/runbook/did-you-mean.ts';
import { inputProblem } from '#domain/runbook/input-problem.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import type { Path } from '#domain/runbook/yaml/yaml-node.ts';

import {
  atKey,
  atValue,
  fixedText,
  type LibraryRule,
  locatedSteps,
  type ParsedFile,
} from './rule.ts';

/** A runbook that a step calls exists, and takes what it is given. */
export const unknownRunbook: LibraryRule = (subjects, others) => {
  const known = new Map(subjects.map(({ runbook }) => [runbook.id, runbook]));
  return subjects.flatMap((subject) =>
    locatedSteps(subject).flatMap(({ step, path }): readonly Diagnostic[] => {
      const id = step.uses === 'runbook' ? fixedText(step.with['id']) : null;
      if (id === null || others.has(id)) return [];
      const { file } = subject;
      const called = known.get(id);
      const inputs = step.with['inputs'];
      const at = [...path, 'with'];
      if (called !== undefined) return misfits(objectOf(inputs), called, file, at);
      const guess = closest(id, [...known.keys(), ...others]);
      const hint = guess === null ? undefined : `did you mean "${guess}"?`;
      const message = `there is no runbook "${id}"`;
      return [file.source.problem('unknown-runbook', atValue(file, [...at, 'id']), message, hint)];
    }),
  );
};

function misfits(
  given: JsonObject,
  { id, inputs }: Runbook,
  file: ParsedFile,
  path: Path,
): readonly Diagnostic[] {
  const missing = Object.entries(inputs)
    .filter(
      ([name, spec]) => spec.default === undefined && spec.required !== false && !(name in given),
    )
    .map(([name]) =>
      file.source.problem(
        'with-schema',
        atValue(file, [...path, 'id']),
        `${id} needs the input "${name}"`,
      ),
    );
  return [...missing, ...inputMisfits(given, inputs, id, file, [...path, 'inputs'])];
}

/** Inputs that are given to a runbook, by a step or by a trigger: each exists and accepts its value. */
export function inputMisfits(
  given: Readonly<Record<string, Json>>,
  inputs: Runbook['inputs'],
  id: string,
  file: ParsedFile,
  path: Path,
): readonly Diagnostic[] {
  return Object.entries(given).flatMap(([name, value]) => {
    const spec = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
    if (spec === undefined) {
      const guess = closest(name, Object.keys(inputs));
      const hint = guess === null ? undefined : `did you mean "${guess}"?`;
      const message = `${id} has no input "${name}"`;
      return [file.source.problem('with-schema', atKey(file, [...path, name]), message, hint)];
    }
    const problem = holdsTemplate(value) ? null : inputProblem(value, spec);
    if (problem === null) return [];
    const message = `${name}: ${problem.message}`;
    return [file.source.problem('with-schema', atValue(file, [...path, name]), message)];
  });
}

function holdsTemplate(value: Json): boolean {
  return hasTemplate(JSON.stringify(value));
}
