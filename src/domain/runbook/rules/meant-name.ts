import type { Environment } from '@marcbachmann/cel-js';

import { compileIn, type Problem } from '#domain/expressions/compile.ts';
import { isNode, type SyntaxNode, walk } from '#domain/expressions/syntax-tree.ts';
import { fieldsOf } from '#domain/expressions/types.ts';
import { closest } from '#domain/runbook/did-you-mean.ts';

/** "did you mean" for a name in an expression that is not there; null where nothing is near. */
export function meantName(
  expression: string,
  problem: Problem,
  environment: Environment,
): string | null {
  const name = /^there is no "(\w+)" here$/.exec(problem.message)?.[1];
  if (name === undefined) return null;
  const guess = closest(name, candidates(expression, problem, environment));
  return guess === null ? null : `did you mean "${guess}"?`;
}

/** The members of what stands before the dot, or else what can be named by itself. */
function candidates(
  expression: string,
  { end }: Problem,
  environment: Environment,
): readonly string[] {
  const compilation = compileIn(environment, expression);
  if (!compilation.ok) return [];
  const member = walk(compilation.compiled.root).find(
    (node) => node.op === '.' && node.end === end,
  );
  const object = member === undefined ? null : objectOf(member);
  if (object === null) {
    const names = environment.getDefinitions().variables.map(({ name }) => name);
    return [...names, 'true', 'false', 'null'];
  }
  const before = compileIn(environment, expression.slice(object.start, object.end));
  const checked = before.ok ? before.compiled.check() : null;
  return checked?.ok === true ? fieldsOf(environment, checked.type) : [];
}

function objectOf({ args }: SyntaxNode): SyntaxNode | null {
  const [object]: readonly unknown[] = Array.isArray(args) ? args : [];
  return isNode(object) ? object : null;
}
