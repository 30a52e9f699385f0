import { textWidth } from '#domain/runbook/graph/text-width.ts';
import type { Chart } from '#ports/pictures.ts';

const FONT = 14;
const GAP = 10;
const ROWS = 2;
const MOST = 4;

export type PlacedMark = {
  kind: 'deploy' | 'write';
  x: number;
  until: number | null;
  label: string;
  labelX: number;
  anchor: 'start' | 'middle' | 'end';
  row: number;
};

/**
 * Marks with their labels in two rows, so that a deploy and its rollback seconds later can both be
 * read. What lies outside of the chart is left out, and of many marks the oldest between the first
 * and the newest.
 */
export function placeMarks(
  marks: Chart['marks'],
  xOf: (at: string) => number,
  { left, right }: { left: number; right: number },
): PlacedMark[] {
  const inside = marks.filter(({ at }) => xOf(at) >= left - 0.5 && xOf(at) <= right + 0.5);
  const shown = inside.length <= MOST ? inside : [...inside.slice(0, 1), ...inside.slice(1 - MOST)];
  const ends: number[] = Array.from({ length: ROWS }, () => -Infinity);
  return shown.map(({ kind, at, until, label }) => {
    const x = xOf(at);
    const width = textWidth(label, FONT);
    const start = Math.min(Math.max(x - width / 2, left), right - width);
    const free = ends.findIndex((end) => end + GAP <= start);
    const row = free === -1 ? ends.indexOf(Math.min(...ends)) : free;
    ends[row] = start + width;
    const centred = start === x - width / 2;
    const anchor = centred ? 'middle' : start === left ? 'start' : 'end';
    const labelX = centred ? x : start === left ? left : right;
    const end = until === null ? null : Math.min(xOf(until), right);
    return { kind, x, until: end, label, labelX, anchor, row };
  });
}
