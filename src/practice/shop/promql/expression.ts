/** The part of PromQL that is understood here; the parser refuses the rest by name. */
export type Expression =
  | { kind: 'number'; value: number }
  | Selector
  | RangeSelector
  | { kind: 'negate'; operand: Expression }
  | { kind: 'call'; name: string; args: readonly Expression[] }
  | Aggregation
  | BinaryOperation;

export type Selector = { kind: 'selector'; matchers: readonly Matcher[]; offsetMs: number };
export type RangeSelector = { kind: 'range'; selector: Selector; rangeMs: number };

export type Matcher = { label: string; op: '=' | '!=' | '=~' | '!~'; value: string };

/** `labels` are kept (`by`), or all others are (`without`). */
export type Grouping = { keep: boolean; labels: readonly string[] };

export type Aggregation = {
  kind: 'aggregation';
  op: string;
  grouping: Grouping;
  argument: Expression;
};

export type BinaryOperation = {
  kind: 'binary';
  op: string;
  /** A comparison answers with 0 or 1 instead of leaving series out. */
  bool: boolean;
  /** Which labels pair the two sides up: `on` keeps, `ignoring` drops. */
  matching: Grouping;
  left: Expression;
  right: Expression;
};
