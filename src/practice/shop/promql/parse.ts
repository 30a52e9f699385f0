import { parser } from '@prometheus-io/lezer-promql';

import { PromqlError } from './error.ts';
import type { Aggregation, BinaryOperation, Expression, Grouping, Selector } from './expression.ts';
import { parseNumber, parseString } from './literals.ts';

type Node = ReturnType<typeof parser.parse>['topNode'];

/** Reads a query. Throws a PromqlError `bad_data` for anything that Prometheus, or we, do not know. */
export function parsePromql(query: string): Expression {
  if (query.trim() === '') throw bad('no expression found in input');
  const tree = parser.parse(query);
  tree.iterate({
    enter(node) {
      if (!node.type.isError) return;
      throw bad(`1:${node.from + 1}: parse error near "${query.slice(node.from, node.from + 20)}"`);
    },
  });
  const root = tree.topNode.firstChild;
  if (root === null) throw bad('no expression found in input');
  return readExpression(root, query);
}

function readExpression(node: Node, query: string): Expression {
  switch (node.name) {
    case 'ParenExpr':
      return readExpression(only(node), query);
    case 'NumberDurationLiteral':
      return { kind: 'number', value: parseNumber(text(node, query)) };
    case 'UnaryExpr':
      return readUnary(node, query);
    case 'VectorSelector':
      return readSelector(node, query);
    case 'MatrixSelector':
    case 'OffsetExpr':
      return readModified(node, query);
    case 'FunctionCall':
      return {
        kind: 'call',
        name: text(only(node), query),
        args: childrenOf(node.getChild('FunctionCallBody')).map((arg) =>
          readExpression(arg, query),
        ),
      };
    case 'AggregateExpr':
      return readAggregation(node, query);
    case 'BinaryExpr':
      return readBinary(node, query);
    default:
      throw bad(`${node.name} is not supported: ${text(node, query)}`);
  }
}

function readUnary(node: Node, query: string): Expression {
  const [operator, operand] = childrenOf(node);
  if (operator === undefined || operand === undefined) throw bad('an operand is missing');
  const expression = readExpression(operand, query);
  return text(operator, query) === '-' ? { kind: 'negate', operand: expression } : expression;
}

function readSelector(node: Node, query: string): Selector {
  const name = node.getChild('Identifier');
  const matchers = childrenOf(node.getChild('LabelMatchers')).map((matcher) => {
    const label = matcher.getChild('LabelName');
    const op = matcher.getChild('MatchOp');
    const value = matcher.getChild('StringLiteral');
    if (label === null || op === null || value === null) {
      throw bad(`quoted label names are not supported: ${text(matcher, query)}`);
    }
    return {
      label: text(label, query),
      op: readMatchOp(text(op, query)),
      value: parseString(text(value, query)),
    };
  });
  if (name !== null) matchers.unshift({ label: '__name__', op: '=', value: text(name, query) });
  return { kind: 'selector', matchers, offsetMs: 0 };
}

function readMatchOp(op: string): '=' | '!=' | '=~' | '!~' {
  if (op === '=' || op === '!=' || op === '=~' || op === '!~') return op;
  throw bad(`unknown matcher ${op}`);
}

/** `x[1m]` and `… offset 5m`. */
function readModified(node: Node, query: string): Expression {
  const inner = readExpression(only(node), query);
  const duration = node.lastChild;
  const ms = duration === null ? Number.NaN : parseSigned(text(duration, query)) * 1000;

  if (node.name === 'MatrixSelector') {
    if (inner.kind !== 'selector') throw bad('ranges are only allowed for vector selectors');
    if (ms <= 0) throw bad('duration must be greater than 0');
    return { kind: 'range', selector: inner, rangeMs: ms };
  }
  if (inner.kind === 'selector') return { ...inner, offsetMs: ms };
  if (inner.kind === 'range') {
    return { ...inner, selector: { ...inner.selector, offsetMs: ms } };
  }
  throw bad('offset must follow a selector');
}

function parseSigned(duration: string): number {
  return duration.startsWith('-') ? -parseNumber(duration.slice(1).trim()) : parseNumber(duration);
}

function readAggregation(node: Node, query: string): Aggregation {
  const modifier = node.getChild('AggregateModifier');
  const [argument, ...more] = childrenOf(node.getChild('FunctionCallBody'));
  const op = text(only(node), query).toLowerCase();
  if (argument === undefined || more.length > 0) throw bad(`${op}: one argument is expected`);
  return {
    kind: 'aggregation',
    op,
    grouping: {
      keep: !modifier?.getChild('Without'),
      labels: readLabels(modifier, query),
    },
    argument: readExpression(argument, query),
  };
}

function readBinary(node: Node, query: string): BinaryOperation {
  const left = node.firstChild;
  const right = node.lastChild;
  const operator = left?.nextSibling;
  if (!left || !right || !operator) throw bad('an operand is missing');

  const clause = node.getChild('MatchingModifierClause');
  if (clause?.getChild('GroupLeft') || clause?.getChild('GroupRight')) {
    throw bad('group_left and group_right are not supported');
  }
  const matching: Grouping = {
    keep: Boolean(clause?.getChild('On')),
    labels: readLabels(clause, query),
  };
  return {
    kind: 'binary',
    op: text(operator, query).toLowerCase(),
    bool: node.getChild('BoolModifier') !== null,
    matching,
    left: readExpression(left, query),
    right: readExpression(right, query),
  };
}

function readLabels(parent: Node | null | undefined, query: string): string[] {
  return childrenOf(parent?.getChild('GroupingLabels')).map((label) => text(label, query));
}

function only(node: Node): Node {
  if (node.firstChild === null) throw bad(`${node.name} is empty`);
  return node.firstChild;
}

function childrenOf(node: Node | null | undefined): Node[] {
  const children: Node[] = [];
  for (let child = node?.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}

function text(node: Node, query: string): string {
  return query.slice(node.from, node.to);
}

function bad(message: string): PromqlError {
  return new PromqlError('bad_data', message);
}
