import type { Diagnostic } from '#domain/diagnostic.ts';
import { inputProblem } from '#domain/runbook/input-problem.ts';
import { patternBudget } from '#domain/runbook/pattern-size.ts';
import type { InputSpec } from '#domain/runbook/runbook.ts';
import type { Path } from '#domain/runbook/yaml/yaml-node.ts';

import { atValue, type Subject } from './rule.ts';

/** A default is a value that its own input would accept; so is everything under `enum`. */
export function inputValues({ runbook, file }: Subject): readonly Diagnostic[] {
  const fits = patternBudget();
  return Object.entries(runbook.inputs).flatMap(([name, spec]) =>
    valuesOf(spec).flatMap(({ value, key }) => {
      // Each value is held against the pattern; `bad-regex` says what is wrong with that itself.
      if (spec.pattern !== undefined && !fits(spec.pattern)) return [];
      const problem = inputProblem(value, key[0] === 'enum' ? withoutEnum(spec) : spec);
      if (problem === null) return [];
      const path: Path = ['inputs', name, ...key];
      const rule = problem.code === 'duration' ? 'duration-spelling' : 'bad-value';
      return [file.source.problem(rule, atValue(file, path), problem.message)];
    }),
  );
}

function valuesOf(spec: InputSpec) {
  return [
    ...(spec.default === undefined ? [] : [{ value: spec.default, key: ['default'] }]),
    ...(spec.enum ?? []).map((value, index) => ({ value, key: ['enum', index] })),
  ];
}

function withoutEnum(spec: InputSpec): InputSpec {
  const { enum: _allowed, ...rest } = spec;
  return rest;
}
