import { scaleLinear, scaleUtc } from 'd3-scale';
import { area, line } from 'd3-shape';

import { valueText } from '#domain/metrics/value-text.ts';
import { xmlText } from '#domain/xml-text.ts';
import type { Chart } from '#ports/pictures.ts';

import { placeMarks, type PlacedMark } from './chart-marks.ts';
import { chartTicks } from './chart-ticks.ts';

/** In CSS pixels; drawn at twice the size. Slack shows some 360 px on a phone, so that texts are large. */
export const SIZE = { width: 720, height: 320 } as const;
const PLOT = { left: 58, right: 18, top: 84, bottom: 36 } as const;

const INK = '#1d1c1d';
const QUIET = '#616061';
const GRID = '#e6e6e6';
const CURVE = '#1264a3';
export const COLOURS = { deploy: '#b3541e', write: '#007a5a', threshold: '#c01343' } as const;

/** A chart as an SVG that stands alone, on a light ground that reads in dark surroundings, too. */
export function chartSvg(chart: Chart): string {
  const { width, height } = SIZE;
  const ticks = chartTicks(chart);
  const x = scaleUtc()
    .domain([new Date(chart.from), new Date(chart.to)])
    .range([PLOT.left, width - PLOT.right]);
  const y = scaleLinear()
    .domain([0, ticks.top])
    .range([height - PLOT.bottom, PLOT.top]);
  const moments = chart.points.map(
    ([second, value]) => [new Date(Date.parse(chart.from) + second * 1_000), value] as const,
  );
  const curve = line<(typeof moments)[number]>()
    .defined(([, value]) => value !== null)
    .x(([at]) => x(at))
    .y(([, value]) => y(value ?? 0));
  const under = area<(typeof moments)[number]>()
    .defined(([, value]) => value !== null)
    .x(([at]) => x(at))
    .y0(y(0))
    .y1(([, value]) => y(value ?? 0));
  const marks = placeMarks(chart.marks, (at) => x(new Date(at)), {
    left: PLOT.left,
    right: width - PLOT.right,
  });
  const last = moments.findLast(([, value]) => value !== null);

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Inter">`,
    `<rect width="${width}" height="${height}" rx="8" fill="#ffffff"/>`,
    text(PLOT.left, 30, chart.title, { size: 17, weight: 600, fill: INK }),
    text(width - PLOT.right, 30, figures(chart), { size: 14, fill: CURVE, anchor: 'end' }),
    text(PLOT.left - 8, height - 13, 'UTC', { size: 13, fill: QUIET, anchor: 'end' }),
    ...ticks.values.map(({ value, label }) =>
      [
        `<path d="M${PLOT.left} ${round(y(value))}H${width - PLOT.right}" stroke="${GRID}"/>`,
        text(PLOT.left - 8, y(value) + 5, label, { size: 13, fill: QUIET, anchor: 'end' }),
      ].join(''),
    ),
    ...ticks.times.map(({ at, label }) => {
      const anchor = x(at) > width - 40 ? 'end' : x(at) < PLOT.left + 30 ? 'start' : 'middle';
      return text(x(at), height - 13, label, { size: 13, fill: QUIET, anchor });
    }),
    ...marks.map((mark) => band(mark, height - PLOT.bottom)),
    `<path d="${under(moments) ?? ''}" fill="${CURVE}" fill-opacity="0.13"/>`,
    `<path d="${curve(moments) ?? ''}" fill="none" stroke="${CURVE}" stroke-width="2.5" stroke-linejoin="round" stroke-linecap="round"/>`,
    ...(last === undefined
      ? []
      : [
          `<circle cx="${round(x(last[0]))}" cy="${round(y(last[1] ?? 0))}" r="4" fill="${CURVE}"/>`,
        ]),
    threshold(chart.threshold, y),
    ...marks.map((mark) => flag(mark, height - PLOT.bottom)),
    '</svg>',
  ].join('\n');
}

/** What a reader would look for: how bad it was, and how it is. */
function figures({ points, unit }: Chart): string {
  const values = points.flatMap(([, value]) => value ?? []);
  const last = values.at(-1);
  if (last === undefined) return '';
  return `at most ${valueText(Math.max(...values), unit)} · now ${valueText(last, unit)}`;
}

function threshold(of: Chart['threshold'], y: (value: number) => number): string {
  if (of === null) return '';
  const at = round(y(of.value));
  const end = SIZE.width - PLOT.right;
  const { threshold: colour } = COLOURS;
  return [
    `<path d="M${PLOT.left} ${at}H${end}" stroke="${colour}" stroke-width="1.5" stroke-dasharray="6 4"/>`,
    text(PLOT.left + 6, at - 6, of.label, { size: 13, fill: colour, halo: true }),
  ].join('');
}

function band({ kind, x, until }: PlacedMark, bottom: number): string {
  if (until === null) return '';
  const box = `x="${round(x)}" y="${PLOT.top}" width="${round(Math.max(until - x, 1))}"`;
  return `<rect ${box} height="${bottom - PLOT.top}" fill="${COLOURS[kind]}" fill-opacity="0.12"/>`;
}

/** A line over the whole height, with what happened above it. */
function flag({ kind, x, label, labelX, row, anchor }: PlacedMark, bottom: number): string {
  const top = 56 + row * 20;
  return [
    `<path d="M${round(x)} ${top + 5}V${bottom}" stroke="${COLOURS[kind]}" stroke-width="1.5"/>`,
    `<circle cx="${round(x)}" cy="${bottom}" r="3" fill="${COLOURS[kind]}"/>`,
    text(labelX, top, label, { size: 14, weight: 600, fill: COLOURS[kind], anchor }),
  ].join('');
}

type Style = {
  size: number;
  fill: string;
  weight?: 400 | 600;
  anchor?: 'start' | 'middle' | 'end';
  /** Stays legible on top of a curve. */
  halo?: boolean;
};

function text(x: number, y: number, content: string, style: Style): string {
  const { size, fill, weight = 400, anchor = 'start', halo = false } = style;
  const outline = halo
    ? ' stroke="#ffffff" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
    : '';
  const family = weight === 600 ? ' font-family="Inter SemiBold"' : '';
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}"${family} fill="${fill}" text-anchor="${anchor}"${outline}>${xmlText(content)}</text>`;
}

function round(value: number): number {
  return Number(value.toFixed(1));
}
