import type { Environment } from '@marcbachmann/cel-js';

import type { Diagnostic } from '#domain/diagnostic.ts';
import { parseDuration } from '#domain/duration.ts';
import { compileIn, type Problem as Told, textsGiven } from '#domain/expressions/compile.ts';
import { walk } from '#domain/expressions/syntax-tree.ts';
import { DURATION_HINT } from '#domain/runbook/kinds/shape.ts';
import type { RuleId } from '#domain/runbook/rule-id.ts';
import type { Step } from '#domain/runbook/runbook.ts';
import { hasThreshold } from '#domain/runbook/threshold.ts';

import { allSites, atSite, type ExpressionSite } from './expression-sites.ts';
import { meantName } from './meant-name.ts';
import { atValue, type ParsedFile, type Subject } from './rule.ts';
import { namesSecret } from './secret-in-text.ts';
import { createStepTypes } from './step-types.ts';

type Problem = Told & { rule?: RuleId };

/** After so many the rest is not worth waiting for. */
const MAX_FINDINGS = 100;

/** Every expression can be read, names what there is, and comes to what its place needs. */
export function typeMismatch(subject: Subject): readonly Diagnostic[] {
  const { file } = subject;
  const { sites, over } = allSites(subject);
  const types = createStepTypes(subject.runbook);
  const found = over === null ? [] : [tooMany(over.site, file)];

  for (const { located, site } of sites) {
    if (found.length >= MAX_FINDINGS) break;
    if (namesSecret(site.expression)) continue;
    const environment = types.environmentFor(located.step, located.parent, site.scope);
    const problem = problemWith(site, environment);
    if (problem === null) continue;
    const hint = isThreshold(site)
      ? noThreshold(located.step)
      : meantName(site.expression, problem, environment);
    found.push(at(site, problem, file, hint ?? undefined));
  }
  return found;
}

/** A short form that is none: that of another kind of step, or one that is misspelled. */
function isThreshold({ path, expression }: ExpressionSite): boolean {
  return ['pass', 'fail'].includes(String(path.at(-1))) && /^(?:[<>]=?|[!=]=)/.test(expression);
}

function noThreshold({ uses }: Step): string {
  return hasThreshold(uses)
    ? "write a threshold such as '> 5%', '>= 250ms' or '> 0.05'"
    : "a threshold such as '< 3%' is for check.metric and check.load: compare a part of the result";
}

function tooMany({ path }: ExpressionSite, file: ParsedFile): Diagnostic {
  const message = 'a runbook has at most 500 expressions with 20,000 characters in all';
  return file.source.problem('bad-value', atValue(file, path), message);
}

function problemWith(site: ExpressionSite, environment: Environment): Problem | null {
  const compilation = compileIn(environment, site.expression);
  if (!compilation.ok) return compilation.problem;

  const { compiled } = compilation;
  const checked = compiled.check();
  if (!checked.ok) return checked.problem;
  for (const node of walk(compiled.root)) {
    const absent = node.meta.macro === undefined ? null : unknownField(node, site, environment);
    if (absent !== null) return absent;
  }
  const [misspelled] = textsGiven(compiled.root, 'duration').filter(
    ({ text }) => parseDuration(text) === null,
  );
  if (misspelled !== undefined) {
    const { start, end } = misspelled.node;
    return { rule: 'duration-spelling', message: DURATION_HINT, start, end };
  }
  return isWanted(checked.type, site.wants)
    ? null
    : { message: WANTED[site.wants], start: 0, end: site.expression.length };
}

/** `has(result.suspcet)` is false for ever: what it asks for has to be something there can be. */
function unknownField(
  { start, end }: { start: number; end: number },
  { expression }: ExpressionSite,
  environment: Environment,
): Problem | null {
  const asked = /^has\((.*)\)$/s.exec(expression.slice(start, end))?.[1];
  if (asked === undefined) return null;
  const compilation = compileIn(environment, asked);
  const checked = compilation.ok ? compilation.compiled.check() : null;
  return checked === null || checked.ok
    ? null
    : { message: checked.problem.message, start: start + 4, end: end - 1 };
}

const WANTED = {
  bool: 'this must come to true or false',
  list: 'this must come to a list',
  any: '',
} as const;

function isWanted(type: string, wants: ExpressionSite['wants']): boolean {
  return wants === 'any' || type === 'dyn' || type.startsWith(wants);
}

function at(site: ExpressionSite, problem: Problem, file: ParsedFile, hint?: string): Diagnostic {
  const { rule = 'type-mismatch', message } = problem;
  return file.source.problem(rule, atSite(site, problem, file), message, hint);
}
