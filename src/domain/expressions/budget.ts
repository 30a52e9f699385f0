import {
  childrenOf,
  type Comprehension,
  isComprehension,
  onResult,
  type SyntaxNode,
  walk,
} from './syntax-tree.ts';

const VISITS = 100_000;
/** So many characters of text cost as much as one element. */
const CHARACTERS_PER_VISIT = 100;

/**
 * What is left to the evaluation that runs now. Evaluation is synchronous and never nested, so one
 * counter serves all: `refill` begins an evaluation, `spend` throws at its end.
 */
let left = 0;

export function refill(): void {
  left = VISITS;
}

export function spend(visits: number): void {
  left -= visits;
  if (left < 0) throw new RangeError('the expression looks at more than 100,000 elements');
}

/**
 * Makes an expression pay for what it looks at: an element of a comprehension, and whatever an
 * operator or a function is handed. Without it, two nested loops over a long list, or a list that
 * doubles itself, would block the process or fill its memory.
 */
export function meter(root: SyntaxNode): void {
  for (const node of walk(root)) {
    if (isComprehension(node.args)) meterElements(node.args);
    const charge = CHARGES.get(node.op);
    if (charge !== undefined) for (const operand of childrenOf(node)) onResult(operand, charge);
  }
}

/** Equality and membership may walk the whole of a value, the others its first level at most. */
const CHARGES = new Map<string, (value: unknown) => void>([
  ['==', spendDeep],
  ['!=', spendDeep],
  ['in', spendDeep],
  ['+', spendShallow],
  ['<', spendShallow],
  ['<=', spendShallow],
  ['>', spendShallow],
  ['>=', spendShallow],
  ['call', spendShallow],
  ['rcall', spendShallow],
]);

function meterElements(comprehension: Comprehension): void {
  const { condition } = comprehension;
  comprehension.condition = (accumulated) => {
    spend(1);
    return condition === undefined || condition(accumulated);
  };
}

function spendShallow(value: unknown): void {
  if (typeof value === 'string') spend(value.length / CHARACTERS_PER_VISIT);
  else if (Array.isArray(value)) spend(value.length);
  else if (value instanceof Uint8Array) spend(value.length / CHARACTERS_PER_VISIT);
  else if (value instanceof Map) spend(value.size);
}

function spendDeep(value: unknown): void {
  spendShallow(value);
  if (value instanceof Map || Array.isArray(value)) {
    for (const inner of value.values()) spendDeep(inner);
  }
}
