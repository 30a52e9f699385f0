import type { Environment } from '@marcbachmann/cel-js';

import type { Diagnostic } from '#domain/diagnostic.ts';
import { compileIn, type Problem } from '#domain/expressions/compile.ts';
import { walk } from '#domain/expressions/syntax-tree.ts';
import { nodeAt, toJson } from '#domain/runbook/yaml/yaml-node.ts';

import { allSites, type ExpressionSite } from './expression-sites.ts';
import { atPart, atValue, type ParsedFile, type Subject } from './rule.ts';
import { namesSecret } from './secret-in-text.ts';
import { createStepTypes } from './step-types.ts';

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
    if (problem !== null) found.push(at(site, problem, file));
  }
  return found;
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

/** Inside the text, if the expression stands there as it is. */
function at(site: ExpressionSite, problem: Problem, file: ParsedFile): Diagnostic {
  const node = nodeAt(file.root, site.path);
  const written = node === null ? null : toJson(node);
  const stands =
    site.part !== null &&
    typeof written === 'string' &&
    written.slice(site.part.start, site.part.end) === site.expression;
  const range = stands
    ? atPart(file, site.path, {
        start: (site.part?.start ?? 0) + problem.start,
        end: (site.part?.start ?? 0) + Math.max(problem.end, problem.start + 1),
      })
    : atValue(file, site.path);
  return file.source.problem('type-mismatch', range, problem.message);
}
