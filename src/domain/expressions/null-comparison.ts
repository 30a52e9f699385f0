import { EvaluationError } from '@marcbachmann/cel-js';

import { isNode, type SyntaxNode } from './syntax-tree.ts';

/**
 * `result.error == null` asks whether there is one: what a result or an input leaves out compares with
 * null like what it says is null. Anywhere else it stays an error, which is no data.
 */
export function compareWithNull(node: SyntaxNode): void {
  if ((node.op !== '==' && node.op !== '!=') || !Array.isArray(node.args)) return;
  const operands: readonly unknown[] = node.args;
  const [left, right] = operands;
  if (isNull(right) && isMember(left)) absentIsNull(left);
  if (isNull(left) && isMember(right)) absentIsNull(right);
}

function isNull(node: unknown): boolean {
  return isNode(node) && node.op === 'value' && node.args === null;
}

function isMember(node: unknown): node is SyntaxNode {
  return isNode(node) && (node.op === '.' || node.op === '[]');
}

function absentIsNull(member: SyntaxNode): void {
  const { check, evaluate } = member.meta;
  member.setMeta('check', (checker, self, context) => {
    check(checker, self, context);
    return checker.dynType;
  });
  member.setMeta('evaluate', (evaluator, self, context) => {
    try {
      return evaluate(evaluator, self, context);
    } catch (error) {
      if (isAbsent(error, self)) return null;
      throw error;
    }
  });
}

/** The member itself, and not something that it is a member of. */
function isAbsent(error: unknown, member: SyntaxNode): boolean {
  return (
    error instanceof EvaluationError &&
    error.code === 'no_such_key' &&
    error.range?.end === member.end
  );
}
