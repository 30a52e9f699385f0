import type { Environment } from '@marcbachmann/cel-js';

import { compileIn, type Problem } from '#domain/expressions/compile.ts';

/** Why an expression cannot be read, or names what there is not; null if neither. */
export function problemIn(expression: string, environment: Environment): Problem | null {
  const compilation = compileIn(environment, expression);
  if (!compilation.ok) return compilation.problem;
  const checked = compilation.compiled.check();
  return checked.ok ? null : checked.problem;
}
