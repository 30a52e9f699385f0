import { valueText } from '#domain/metrics/value-text.ts';
import type { Chart } from '#ports/pictures.ts';

/** A chart in words, with its figures: for those who do not see the picture. */
export function chartText({ title, unit, from, to, points, threshold, marks }: Chart): string {
  const values = points.flatMap(([second, value]) =>
    value === null ? [] : [{ at: Date.parse(from) + second * 1_000, value }],
  );
  const [first] = values;
  const last = values.at(-1);
  if (first === undefined || last === undefined) return `${title}: no data.`;
  const highest = values.reduce((one, other) => (other.value > one.value ? other : one));
  const curve = [
    `${valueText(first.value, unit)} at ${clock(first.at)}`,
    `at most ${valueText(highest.value, unit)} at ${clock(highest.at)}`,
    `${valueText(last.value, unit)} at ${clock(last.at)} UTC`,
  ].join(', ');
  return [
    `${title}: ${curve}${threshold === null ? '' : ` (${threshold.label})`}.`,
    ...marks.map(
      ({ label, at, until }) =>
        `${label} at ${clock(Date.parse(at))}${until === null ? '' : `, done at ${clock(Date.parse(until))}`}.`,
    ),
    ...(Date.parse(to) - last.at > 60_000 ? [`No data since ${clock(last.at)}.`] : []),
  ].join(' ');
}

function clock(at: number): string {
  return new Date(at).toISOString().slice(11, 19);
}
