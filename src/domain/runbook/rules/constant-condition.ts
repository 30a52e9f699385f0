import type { Diagnostic } from '#domain/diagnostic.ts';
import { compile } from '#domain/expressions/compile.ts';
import { condition } from '#domain/expressions/evaluate.ts';

import { allSites } from './expression-sites.ts';
import { atPart, atValue, type Subject } from './rule.ts';

const NOTHING = { inputs: {}, inputSpecs: {}, steps: {} };

/** A longer one that names nothing is no slip of the pen, and may count for long. */
const LONGEST = 200;

/** A condition looks at something: one that names nothing is true, or false, for ever. */
export function constantCondition(subject: Subject): readonly Diagnostic[] {
  const { file } = subject;
  return allSites(subject).sites.flatMap(({ site }): readonly Diagnostic[] => {
    if (site.wants !== 'bool' || site.expression.length > LONGEST) return [];
    const compilation = compile(site.expression);
    if (!compilation.ok || compilation.compiled.names.size > 0) return [];
    const evaluated = condition(site.expression, NOTHING);
    if (!evaluated.ok) return [];
    const range =
      site.part === null ? atValue(file, site.path) : atPart(file, site.path, site.part);
    const message = `this is always ${evaluated.value}`;
    const hint = 'compare something that a run knows, such as result or inputs, or take it out';
    return [file.source.problem('constant-condition', range, message, hint)];
  });
}
