import { html, raw } from 'hono/html';

import type { Html } from '#practice/slack/page/blocks/html.ts';

import { SPAN_MS } from './shop-watch.ts';

export type Chart = {
  label: string;
  /** The values over the last two minutes; null where there is no data. */
  points: readonly { at: Date; value: number | null }[];
  /** What the top of the picture is at least. */
  least: number;
  write(value: number): string;
  /** Above it something is wrong. */
  limit?: number;
};

export type Mark = { at: Date; kind: 'deploy' | 'rollback' };

const WIDTH = 264;
const HEIGHT = 44;

/** A figure and how it came there, with what was deployed meanwhile. */
export function chartHtml(chart: Chart, marks: readonly Mark[], now: Date): Html {
  const values = chart.points.flatMap(({ value }) => (value === null ? [] : [value]));
  const last = chart.points.at(-1)?.value ?? null;
  const highest = Math.max(chart.least, ...values);
  const bad = chart.limit !== undefined && last !== null && last > chart.limit;
  const x = (at: Date) => WIDTH * (1 - (now.getTime() - at.getTime()) / SPAN_MS);
  const y = (value: number) => HEIGHT - 2 - (HEIGHT - 6) * (value / highest);
  const said =
    values.length === 0
      ? 'no data'
      : `now ${last === null ? 'no data' : chart.write(last)}, highest ${chart.write(Math.max(...values))}`;
  return html`<div class="chart ${bad ? 'bad' : ''}">
    <div class="chart-head">
      <span>${chart.label}</span>
      <strong>${last === null ? 'No data' : chart.write(last)}</strong>
    </div>
    <svg
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      preserveAspectRatio="none"
      role="img"
      aria-label="${chart.label} over two minutes: ${said}"
    >
      ${marks.map(({ at, kind }) => html`<path class="${kind}" d="M${round(x(at))} 0V${HEIGHT}" />`)}
      ${
        chart.limit === undefined || chart.limit > highest
          ? ''
          : html`<path class="limit" d="M0 ${round(y(chart.limit))}H${WIDTH}" />`
      }
      ${stretches(chart.points).map((stretch) => {
        const line = stretch.map((one) => `${round(x(one.at))} ${round(y(one.value))}`).join('L');
        const [from, to] = [stretch[0]?.at ?? now, stretch.at(-1)?.at ?? now];
        return html`<path
            class="area"
            d="${raw(`M${round(x(from))} ${HEIGHT}L${line}L${round(x(to))} ${HEIGHT}Z`)}"
          />
          <path class="line" d="${raw(`M${line}`)}" />`;
      })}
    </svg>
  </div>`;
}

/** The parts of a line between gaps. */
function stretches(points: Chart['points']): { at: Date; value: number }[][] {
  const found: { at: Date; value: number }[][] = [[]];
  for (const { at, value } of points) {
    if (value === null) found.push([]);
    else found.at(-1)?.push({ at, value });
  }
  return found.filter((stretch) => stretch.length > 1);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
