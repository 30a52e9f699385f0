import { scaleLinear, scaleUtc } from 'd3-scale';

import { valueText } from '#domain/metrics/value-text.ts';
import type { Chart } from '#ports/pictures.ts';

const VALUES = 4;
const TIMES = 6;
/** As many labels stand beside each other; there are more ticks than were asked for at times. */
const MOST_TIMES = 8;

/** Round values and times for the axes; the times in UTC. */
export function chartTicks({ points, threshold, unit, from, to }: Chart) {
  const highest = Math.max(0, threshold?.value ?? 0, ...points.map(([, value]) => value ?? 0));
  // A share of something has no room above all of it.
  const most = unit === 'percent' && highest <= 1 ? 1 : Infinity;
  const scale = scaleLinear()
    .domain([0, highest === 0 ? 1 : Math.min(most, highest * 1.08)])
    .nice(VALUES);
  const [, top = 1] = scale.domain();
  const values = scale.ticks(VALUES).map((value) => ({ value, label: valueText(value, unit) }));

  const [start, end] = [new Date(from), new Date(to)];
  const withSeconds = end.getTime() - start.getTime() < 5 * 60_000;
  const moments = scaleUtc().domain([start, end]).ticks(TIMES);
  const every = Math.ceil(moments.length / MOST_TIMES);
  const shown = moments.filter((_, index) => index % every === 0);
  const times = shown.map((at) => ({
    at,
    label: at.toISOString().slice(11, withSeconds ? 19 : 16),
  }));
  return { top, values, times };
}
