import type { Environment } from '@marcbachmann/cel-js';

import type { Diagnostic } from '#domain/diagnostic.ts';
import { baseEnvironment } from '#domain/expressions/compile.ts';
import { parseTemplate } from '#domain/expressions/template.ts';
import { declareType } from '#domain/expressions/types.ts';
import type { Trigger } from '#domain/runbook/runbook.ts';
import { nodeAt } from '#domain/runbook/yaml/yaml-node.ts';

import { problemIn } from './problem-in.ts';
import { atPart, type Rule } from './rule.ts';
import { textsIn } from './texts-in.ts';
import { inputMisfits } from './unknown-runbook.ts';

/** A trigger fills inputs that there are, from the alert alone; a schedule knows of nothing. */
export const triggerInputs: Rule = ({ runbook, file }) => {
  return runbook.triggers.flatMap((trigger, index): readonly Diagnostic[] => {
    const path = ['triggers', index, 'inputs'];
    const node = nodeAt(file.root, path);
    if (node === null) return [];
    const known = environmentOf(trigger.kind);
    return [
      ...inputMisfits(trigger.inputs, runbook.inputs, 'this runbook', file, path),
      ...textsIn(node, path).flatMap(({ text, path: at }) =>
        parseTemplate(text).flatMap((part) => {
          const problem = part.kind === 'expression' ? problemIn(part.expression, known) : null;
          if (problem === null || part.kind !== 'expression') return [];
          const range = { start: part.start + problem.start, end: part.start + problem.end };
          return [file.source.problem('type-mismatch', atPart(file, at, range), problem.message)];
        }),
      ),
    ];
  });
};

const environments = new Map<Trigger['kind'], Environment>();

/** The same for all runbooks. */
function environmentOf(kind: Trigger['kind']): Environment {
  const environment = environments.get(kind) ?? baseEnvironment();
  if (!environments.has(kind)) {
    if (kind === 'alert') {
      const alert = declareType(environment, 'Alert', { labels: 'map<string, string>' });
      environment.registerVariable('alert', alert);
    }
    environments.set(kind, environment);
  }
  return environment;
}
