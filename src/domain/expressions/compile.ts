import {
  Environment,
  EvaluationError,
  ParseError,
  type ParseResult,
  TypeError,
} from '@marcbachmann/cel-js';
import { Duration } from '@marcbachmann/cel-js/evaluator';
import { RE2JS } from 're2js';

import { parseDuration } from '#domain/duration.ts';

import { meter, spend } from './budget.ts';
import { compareWithNull } from './null-comparison.ts';
import { percent } from './percent.ts';
import {
  childrenOf,
  isComprehension,
  isNode,
  onResult,
  rootOf,
  type SyntaxNode,
  walk,
} from './syntax-tree.ts';
import { worded } from './wording.ts';

/**
 * `names` are the variables it reads; `steps` the ids under `steps.`, or null if the expression
 * reaches for a step in a way that only running it could tell.
 */
export type Compiled = {
  run(context: Map<string, unknown>): unknown;
  /** What it comes to, by the types that the environment declares; never evaluates. */
  check(): { ok: true; type: string } | { ok: false; problem: Problem };
  root: SyntaxNode;
  names: ReadonlySet<string>;
  steps: readonly string[] | null;
};

/** `start` and `end` are offsets in the expression. */
export type Problem = { message: string; start: number; end: number };
export type Compilation = { ok: true; compiled: Compiled } | { ok: false; problem: Problem };

const LONGEST_EXPRESSION = 1_000;
const NESTED_COMPREHENSIONS = 2;

const OPTIONS = {
  unlistedVariablesAreDyn: true,
  homogeneousAggregateLiterals: false,
  limits: { maxDepth: 32, maxAstNodes: 1_000 },
};

/** What every expression can use, and no variable yet: a name that nothing declares is a mistake. */
export function baseEnvironment(): Environment {
  strict ??= createBase({ unlistedVariablesAreDyn: false });
  return strict.clone();
}

/** Declaring functions takes longer than all that a runbook adds to them. */
let strict: Environment | null = null;

function createBase(options: { unlistedVariablesAreDyn: boolean }): Environment {
  const environment = new Environment({ ...OPTIONS, ...options })
    .registerFunction('percent(double): string', percent, SYNC)
    .registerFunction('percent(int): string', (share: bigint) => percent(Number(share)), SYNC)
    .registerFunction('re(string, string): bool', matchesPattern, SYNC)
    .registerFunction(`${DURATION_FUNCTION}(string): ${DURATION}`, toDuration, SYNC)
    .registerOperator('double % double: double', (a: number, b: number) => a % b)
    .registerOperator('int == double: bool', (a: bigint, b: number) => Number(a) === b);

  for (const [operator, calculate] of ARITHMETIC) {
    environment
      .registerOperator(`int ${operator} double: double`, (a: bigint, b: number) =>
        calculate(Number(a), b),
      )
      .registerOperator(`double ${operator} int: double`, (a: number, b: bigint) =>
        calculate(a, Number(b)),
      );
  }
  return environment;
}

const SYNC = { async: false };
const DURATION = 'google.protobuf.Duration';
/** Stands in for `duration`, whose own spelling knows no days and whose name is taken. */
const DURATION_FUNCTION = 'durationOf';

const ARITHMETIC = new Map<string, (a: number, b: number) => number>([
  ['+', (a, b) => a + b],
  ['-', (a, b) => a - b],
  ['*', (a, b) => a * b],
  ['/', (a, b) => a / b],
  ['%', (a, b) => a % b],
]);

const environment = createBase({ unlistedVariablesAreDyn: true });
const cache = new Map<string, Compilation>();
const CACHED_EXPRESSIONS = 2_000;

/** Parses an expression within its bounds. Answers from memory for one it has seen. */
export function compile(expression: string): Compilation {
  const known = cache.get(expression);
  if (known !== undefined) return known;

  const compilation = compileIn(environment, expression);
  if (cache.size >= CACHED_EXPRESSIONS) cache.clear();
  cache.set(expression, compilation);
  return compilation;
}

export function compileIn(within: Environment, expression: string): Compilation {
  if (expression.length > LONGEST_EXPRESSION) {
    return refused('an expression has at most 1,000 characters', 0, expression.length);
  }
  try {
    const parsed = within.parse(expression);
    const root = rootOf(parsed);
    for (const node of walk(root)) {
      const problem = forbidden(node);
      if (problem !== null) return refused(problem, node.start, node.end);
      renameDuration(node);
      compareWithNull(node);
      if (ARITHMETIC.has(node.op)) onResult(node, refuseNotFinite);
    }
    if (nesting(root) > NESTED_COMPREHENSIONS) {
      return refused('comprehensions nest at most two deep', root.start, root.end);
    }
    meter(root);
    const names = freeNames(root);
    return {
      ok: true,
      compiled: {
        run: (context) => parsed(context),
        check: () => checked(parsed, expression),
        root,
        names,
        steps: membersRead(root, 'steps'),
      },
    };
  } catch (error) {
    return { ok: false, problem: problemOf(error, expression) };
  }
}

function checked(parsed: ParseResult, expression: string): ReturnType<Compiled['check']> {
  const { valid, type = 'dyn', error } = parsed.check();
  return valid ? { ok: true, type } : { ok: false, problem: problemOf(error, expression) };
}

/** One short sentence and a place for whatever the CEL library threw. */
export function problemOf(error: unknown, expression: string): Problem {
  if (
    error instanceof ParseError ||
    error instanceof TypeError ||
    error instanceof EvaluationError
  ) {
    // What is missing at the end is shown at the last character.
    const start = Math.max(0, Math.min(error.range?.start ?? 0, expression.trimEnd().length - 1));
    const end = Math.min(error.range?.end ?? expression.length, expression.length);
    const message = worded(plain(error.summary), expression.slice(start, end));
    return { message, start, end: Math.max(end, start) };
  }
  const message = error instanceof Error ? error.message : 'the expression cannot be evaluated';
  return { message, start: 0, end: expression.length };
}

/** The library's sentence without our stand-ins. */
function plain(summary: string): string {
  return summary
    .replaceAll(DURATION_FUNCTION, 'duration')
    .replaceAll(DURATION, 'duration')
    .replaceAll(/dyn<([\w.]+)>/g, '$1');
}

function refused(message: string, start: number, end: number): Compilation {
  return { ok: false, problem: { message, start, end } };
}

function forbidden(node: SyntaxNode): string | null {
  const called = calledName(node);
  if (called === 'matches') return 'matches() is not available: use re(text, pattern)';
  if (called === 'bind') return 'cel.bind() is not available';
  if (called?.startsWith('get') && hasArguments(node)) return 'times are in UTC: give no zone';
  if (called === DURATION_FUNCTION) return `there is no function ${DURATION_FUNCTION}()`;
  return null;
}

function hasArguments(call: SyntaxNode): boolean {
  const given: unknown = Array.isArray(call.args) ? call.args.at(-1) : null;
  return Array.isArray(given) && given.length > 0;
}

function calledName(node: SyntaxNode): string | null {
  if (node.op !== 'call' && node.op !== 'rcall') return null;
  return Array.isArray(node.args) && typeof node.args[0] === 'string' ? node.args[0] : null;
}

/** Texts that an expression hands to a function as they stand, such as the pattern in `re(text, "a+")`. */
export function textsGiven(
  root: SyntaxNode,
  name: 're' | 'duration',
): readonly { text: string; node: SyntaxNode }[] {
  const called = name === 'duration' ? DURATION_FUNCTION : name;
  return walk(root).flatMap((node) => {
    if (node.op !== 'call' || calledName(node) !== called || !Array.isArray(node.args)) return [];
    const last: unknown = Array.isArray(node.args[1]) ? node.args[1].at(-1) : null;
    return isNode(last) && last.op === 'value' && typeof last.args === 'string'
      ? [{ text: last.args, node: last }]
      : [];
  });
}

function renameDuration(node: SyntaxNode): void {
  if (node.op === 'call' && calledName(node) === 'duration' && Array.isArray(node.args)) {
    node.args[0] = DURATION_FUNCTION;
  }
}

/** How deep comprehensions stand inside the bodies of others; a chain is not a nest. */
function nesting(node: SyntaxNode): number {
  if (isComprehension(node.args)) {
    return Math.max(nesting(node.args.iterable), 1 + nesting(node.args.step));
  }
  return Math.max(0, ...childrenOf(node).map(nesting));
}

/** Free variables, without the ones that a comprehension binds. */
function freeNames(
  node: SyntaxNode,
  bound: readonly string[] = [],
  found = new Set<string>(),
): ReadonlySet<string> {
  if (node.op === 'id' && typeof node.args === 'string' && !bound.includes(node.args)) {
    found.add(node.args);
  }
  if (isComprehension(node.args)) {
    const { iterable, iterVarName, step } = node.args;
    freeNames(iterable, bound, found);
    freeNames(step, [...bound, iterVarName], found);
  } else {
    for (const child of childrenOf(node)) freeNames(child, bound, found);
  }
  return found;
}

/** What is read of a variable, `a` in `inputs.a`; null if only running could tell all of it. */
export function membersRead(root: SyntaxNode, variable: string): readonly string[] | null {
  const found: string[] = [];
  let uses = 0;
  for (const node of walk(root)) {
    if (node.op === 'id' && node.args === variable) uses += 1;
    const member = memberRead(node, variable);
    if (member !== null) found.push(member);
  }
  return uses === found.length ? [...new Set(found)] : null;
}

/** The name in `steps.config` and `steps["config"]`. */
function memberRead(node: SyntaxNode, variable: string): string | null {
  if ((node.op !== '.' && node.op !== '[]') || !Array.isArray(node.args)) return null;
  const [object, key]: readonly unknown[] = node.args;
  if (!isId(object, variable)) return null;
  if (typeof key === 'string') return key;
  return isLiteral(key) && typeof key.args === 'string' ? key.args : null;
}

function isId(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value
    ? value.op === 'id' && value.args === name
    : false;
}

function isLiteral(value: unknown): value is { args: unknown } {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value
    ? value.op === 'value'
    : false;
}

/** 0/0 is no evidence: without this a comparison with it would quietly be false. */
function refuseNotFinite(value: unknown): void {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new RangeError('the result is not a finite number');
  }
}

function toDuration(text: string): Duration {
  const milliseconds = parseDuration(text);
  if (milliseconds === null) throw new RangeError(`"${text}" is not a duration such as 90s or 5m`);
  return Duration.fromMilliseconds(milliseconds);
}

const patterns = new Map<string, RE2JS>();

/** Found anywhere in the text, as RE2 does; linear in the text, and paid for. */
function matchesPattern(text: string, pattern: string): boolean {
  let compiled = patterns.get(pattern);
  if (compiled === undefined) {
    compiled = RE2JS.compile(pattern);
    if (patterns.size >= CACHED_EXPRESSIONS) patterns.clear();
    patterns.set(pattern, compiled);
  }
  spend((text.length * compiled.programSize()) / 100);
  return compiled.matcher(text).find();
}
