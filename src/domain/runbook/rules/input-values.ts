import type { Diagnostic } from '#domain/diagnostic.ts';
import { inputProblem } from '#domain/runbook/input-problem.ts';
import type { InputSpec } from '#domain/runbook/runbook.ts';
import type { Path } from '#domain/runbook/yaml/yaml-node.ts';

import { atValue, type Subject } from './rule.ts';

/** A default is a value that its own input would accept; so is everything under `enum`. */
export function inputValues({ runbook, file }: Subject): readonly Diagnostic[] {
  return Object.entries(runbook.inputs).flatMap(([name, spec]) =>
    valuesOf(spec).flatMap(({ value, key }) => {
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
