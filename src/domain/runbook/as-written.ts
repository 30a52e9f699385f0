import type { Step } from './runbook.ts';

/** The entries of a step's options or fields in the order of the file; of an older record, in any. */
export function asWritten<Value>(
  { order = [] }: Step,
  entries: Readonly<Record<string, Value>>,
): [string, Value][] {
  const place = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length);
  return Object.entries(entries).toSorted(([one], [other]) => place(one) - place(other));
}
