import type { ParseResult } from '@marcbachmann/cel-js';

/**
 * A node of the CEL library's tree, as far as we rely on it. Its published types leave out what a
 * macro becomes: `list.map(x, …)` is a call whose `meta.alternate` is a comprehension.
 */
export type SyntaxNode = {
  op: string;
  args: unknown;
  start: number;
  end: number;
  meta: {
    alternate?: SyntaxNode;
    macro?: { args?: unknown };
    check: NodeCheck;
    evaluate: NodeEvaluation;
  };
  setMeta(key: 'evaluate', value: NodeEvaluation): SyntaxNode;
  setMeta(key: 'check', value: NodeCheck): SyntaxNode;
};

/** Answers with the type of a node, or throws. */
type NodeCheck = (checker: { dynType: unknown }, node: SyntaxNode, context: unknown) => unknown;
type NodeEvaluation = (evaluator: unknown, node: SyntaxNode, context: unknown) => unknown;

/** What a comprehension holds; `condition` is asked before every element. */
export type Comprehension = {
  iterable: SyntaxNode;
  iterVarName: string;
  step: SyntaxNode;
  condition?: (accumulated: unknown) => boolean;
};

export function rootOf(parsed: ParseResult): SyntaxNode {
  const root: unknown = parsed.ast;
  if (!isNode(root)) throw new TypeError('the CEL library no longer hands out its syntax tree');
  return root;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'meta' in value;
}

export function isComprehension(args: unknown): args is Comprehension {
  return (
    typeof args === 'object' &&
    args !== null &&
    'iterable' in args &&
    isNode(args.iterable) &&
    'step' in args &&
    isNode(args.step)
  );
}

/** The nodes right below, the expansion of a macro in place of its written form. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  if (node.meta.alternate !== undefined) return [node.meta.alternate];
  if (isComprehension(node.args)) return [node.args.iterable, node.args.step];
  return nodesIn(node.args);
}

function nodesIn(value: unknown): readonly SyntaxNode[] {
  if (isNode(value)) return [value];
  return Array.isArray(value) ? value.flatMap(nodesIn) : [];
}

/** Every node once, parents before children. Without recursion: a long sum is as deep as it is long. */
export function walk(root: SyntaxNode): readonly SyntaxNode[] {
  const nodes: SyntaxNode[] = [];
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    nodes.push(node);
    open.push(...childrenOf(node).toReversed());
  }
  return nodes;
}

/**
 * Shows what a node comes to, each time it is evaluated, to `inspect`, which may throw. Only before
 * the first evaluation: the library keeps the function it found then.
 */
export function onResult(node: SyntaxNode, inspect: (value: unknown) => void): void {
  const target = node.meta.alternate ?? node;
  const { evaluate } = target.meta;
  target.setMeta('evaluate', (evaluator, self, context) => {
    const value = evaluate(evaluator, self, context);
    inspect(value);
    return value;
  });
}
