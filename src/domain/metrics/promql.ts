import { parser } from '@prometheus-io/lezer-promql';
import { RE2JS } from 're2js';

import { promqlShape } from './promql-shape.ts';

/** `start` and `end` are offsets in the query as it was written. */
export type PromqlProblem = { message: string; start: number; end: number };

export type PromqlReading = {
  problem: PromqlProblem | null;
  /** Whether it divides what was counted over a time by another such count: a share, or a mean. */
  isRatio: boolean;
};

const LONGEST_QUERY = 4_000;

type Tree = ReturnType<typeof parser.parse>;
type Node = Tree['topNode'];

/** Reads a query, with `${{ }}` inside or not, by Prometheus's own grammar. Never throws. */
export function readPromql(template: string): PromqlReading {
  const reading = readings.get(template) ?? read(template);
  if (readings.size >= CACHED_QUERIES) readings.clear();
  readings.set(template, reading);
  return reading;
}

const readings = new Map<string, PromqlReading>();
const CACHED_QUERIES = 200;

function read(template: string): PromqlReading {
  if (template.length > LONGEST_QUERY) {
    return refused('a query has at most 4,000 characters', 0, template.length);
  }
  const query = promqlShape(template);
  if (query === null) return { problem: null, isRatio: false };
  if (query.trim() === '') return refused('the query is empty', 0, template.length);

  const tree = parse(query);
  if (typeof tree === 'number') return { problem: unexpected(tree, query), isRatio: false };
  let problem: PromqlProblem | null = null;
  let isRatio = false;
  tree.iterate({
    enter({ node }) {
      problem ??= problemAt(node, query);
      isRatio ||= divides(node);
    },
  });
  return { problem, isRatio };
}

/** Strictly: to go on after a mistake takes a hundred times as long, and only tells what follows from it. */
const strict = parser.configure({ strict: true });

/** The tree, or the offset up to which there is one. */
function parse(query: string): Tree | number {
  try {
    return strict.parse(query);
  } catch (error) {
    const offset = error instanceof SyntaxError ? /\d+$/.exec(error.message)?.[0] : undefined;
    return Number(offset ?? 0);
  }
}

function refused(message: string, start: number, end: number): PromqlReading {
  return { problem: { message, start, end }, isRatio: false };
}

function unexpected(offset: number, query: string): PromqlProblem {
  const rest = query.slice(offset);
  if (rest.trim() === '') {
    const end = query.trimEnd().length;
    return { message: 'the query ends too early', start: Math.max(0, end - 1), end };
  }
  const start = offset + rest.length - rest.trimStart().length;
  const called = rest.startsWith('(') ? /(\w+)\s*$/.exec(query.slice(0, offset))?.[1] : null;
  if (called) {
    const from = query.lastIndexOf(called, offset);
    return {
      message: `PromQL has no function "${called}"`,
      start: from,
      end: from + called.length,
    };
  }
  const word = /^(?:\w+|[^\w\s]+)/.exec(query.slice(start, start + 20))?.[0] ?? '';
  return { message: `PromQL does not expect "${word}" here`, start, end: start + word.length };
}

function problemAt(node: Node, query: string): PromqlProblem | null {
  if (node.name === 'MatchOp' || node.name === 'StringLiteral') return null;
  if (node.name === 'FunctionCall') return missingRange(node, query);
  if (node.name === 'MatrixSelector' && node.parent?.name === 'PromQL') {
    const message = 'a range has no single value: put a function such as rate() around it';
    return { message, start: node.from, end: node.to };
  }
  return node.name.endsWith('LabelMatcher') ? badPattern(node, query) : null;
}

/** Functions over time take a range, `x[5m]`; the grammar does not say so. */
function missingRange(call: Node, query: string): PromqlProblem | null {
  const name = text(call.firstChild, query);
  if (!OVER_TIME.test(name)) return null;
  const body = call.getChild('FunctionCallBody');
  const ranges = ['MatrixSelector', 'SubqueryExpr', 'OffsetExpr', 'StepInvariantExpr', 'ParenExpr'];
  if (body === null || body.firstChild === null) return null;
  if (ranges.some((kind) => body.getChild(kind) !== null)) return null;
  const { from, to } = body;
  return { message: `${name}() needs a range, such as [5m]`, start: from + 1, end: to - 1 };
}

const OVER_TIME =
  /^(?:rate|irate|increase|delta|idelta|deriv|changes|resets|predict_linear|double_exponential_smoothing|\w+_over_time)$/;

function badPattern(matcher: Node, query: string): PromqlProblem | null {
  const operator = text(matcher.getChild('MatchOp'), query);
  const literal = matcher.getChild('StringLiteral');
  if (!operator.endsWith('~') || literal === null) return null;
  try {
    RE2JS.compile(unquoted(text(literal, query)));
    return null;
  } catch (error) {
    const why = error instanceof Error ? error.message : 'this is no regular expression';
    return { message: why, start: literal.from, end: literal.to };
  }
}

function unquoted(literal: string): string {
  const inner = literal.slice(1, -1);
  return literal.startsWith('`') ? inner : inner.replaceAll(/\\(.)/gs, '$1');
}

function divides(node: Node): boolean {
  if (node.name !== 'BinaryExpr' || node.getChild('Div') === null) return false;
  const [left, right] = [node.firstChild, node.lastChild];
  return left !== null && right !== null && counts(left) && counts(right);
}

function counts(side: Node): boolean {
  let found = false;
  side.cursor().iterate((node) => {
    found ||= node.name === 'MatrixSelector';
    return !found;
  });
  return found;
}

function text(node: Node | null, query: string): string {
  return node === null ? '' : query.slice(node.from, node.to);
}
