import * as fc from 'fast-check';
import sharp, { type Region } from 'sharp';
import { describe, expect, it } from 'vitest';

import { placeMarks } from '#adapters/pictures/chart-marks.ts';
import { chartSvg, SIZE } from '#adapters/pictures/chart-svg.ts';
import { chartTicks } from '#adapters/pictures/chart-ticks.ts';
import { createPictures } from '#adapters/pictures/pictures.ts';
import { textWidth } from '#domain/runbook/graph/text-width.ts';
import type { Chart } from '#ports/pictures.ts';

const chart: Chart = {
  title: 'Error rate · checkout production',
  unit: 'percent',
  from: '2026-11-24T09:09:00.000Z',
  to: '2026-11-24T09:23:00.000Z',
  points: [
    [0, null],
    [30, 0.002],
    [60, 0.001],
    [90, 0.31],
    [150, 0.58],
    [540, 0.57],
    [720, 0.02],
    [840, 0.004],
  ],
  threshold: { value: 0.03, label: 'healthy below 3 %' },
  marks: [
    { kind: 'deploy', at: '2026-11-24T09:10:00.000Z', until: null, label: 'Deploy 1842' },
    {
      kind: 'write',
      at: '2026-11-24T09:18:00.000Z',
      until: '2026-11-24T09:21:00.000Z',
      label: 'Rollback 1842 → 1841',
    },
  ],
};

describe('a chart', () => {
  it('is drawn as a person has looked at it', async () => {
    await expect(chartSvg(chart)).toMatchFileSnapshot('./chart.svg');
  });

  it('becomes a PNG of twice the size, with words in it', async () => {
    const png = await createPictures().chart(chart);
    const { width, height, format } = await sharp(png).metadata();

    expect({ width, height, format }).toEqual({
      width: SIZE.width * 2,
      height: SIZE.height * 2,
      format: 'png',
    });
    expect(await inkIn(png, { left: 110, top: 30, width: 700, height: 50 })).toBeGreaterThan(0.02);
    expect(png.byteLength).toBeLessThan(100_000);
  });

  it('keeps what strangers wrote from becoming a part of the drawing', () => {
    const svg = chartSvg({ ...chart, title: '</text><script>alert(1)</script>' });

    expect(svg).not.toContain('<script');
  });

  it('leaves a gap where there was no value, and draws one that is all gaps', async () => {
    const gap: Chart = {
      ...chart,
      points: [
        [0, 0.1],
        [60, null],
        [120, 0.2],
      ],
    };
    expect(chartSvg(gap).match(/fill="none" d="[^"]*M[^"]*M/)?.length ?? 0).toBe(0);
    expect(curveOf(chartSvg(gap)).match(/M/g)).toHaveLength(2);
    await createPictures().chart({ ...chart, points: [[0, null]] });
  });

  it('has no room above a hundred percent', () => {
    const full = { ...chart, points: [[0, 1]] as const };

    expect(chartTicks(full).values.at(-1)).toEqual({ value: 1, label: '100 %' });
  });

  it('names times to the second where it is short, and round values', () => {
    const short = chartTicks({ ...chart, to: '2026-11-24T09:10:30.000Z' });

    expect(short.times[0]?.label).toMatch(/^\d\d:\d\d:\d\d$/);
    expect(chartTicks(chart).times.map(({ label }) => label)).toContain('09:15');
    expect(chartTicks(chart).values.map(({ label }) => label)).toEqual([
      '0 %',
      '20 %',
      '40 %',
      '60 %',
      '80 %',
    ]);
  });

  it('names no more times than stand beside each other', () => {
    const seconds = { from: '2026-11-24T09:09:20.000Z', to: '2026-11-24T09:10:15.000Z' };

    expect(chartTicks({ ...chart, ...seconds }).times.length).toBeLessThanOrEqual(8);
  });
});

describe('the labels of marks', () => {
  const label = fc.constantFrom('Deploy 1842', 'Rollback 1842 → 1841', 'Flag change');
  const mark = fc.record({
    kind: fc.constantFrom('deploy', 'write'),
    at: fc.nat(900).map(String),
    until: fc.constant(null),
    label,
  });

  it('stand inside of the picture', () => {
    fc.assert(
      fc.property(fc.array(mark, { maxLength: 8 }), (marks) => {
        for (const placed of place(marks)) {
          const [start, end] = extentOf(placed);
          expect(start).toBeGreaterThanOrEqual(50 - 0.01);
          expect(end).toBeLessThanOrEqual(850.01);
        }
      }),
    );
  });

  it('of two marks can both be read, however near they are', () => {
    fc.assert(
      fc.property(mark, mark, (one, other) => {
        const [first, second] = place([one, other]);
        if (!first || !second || first.row !== second.row) return;
        expect(extentOf(first)[1]).toBeLessThan(extentOf(second)[0]);
      }),
    );
  });

  it('are those of the first and the newest of many', () => {
    const marks = Array.from({ length: 9 }, (_none, index) => ({
      kind: 'write' as const,
      at: String(100 + index * 50),
      until: null,
      label: `w${index}`,
    }));

    expect(place(marks).map((placed) => placed.label)).toEqual(['w0', 'w6', 'w7', 'w8']);
  });
});

function place(marks: Chart['marks']) {
  const ordered = marks.toSorted((one, other) => Number(one.at) - Number(other.at));
  return placeMarks(ordered, Number, { left: 50, right: 850 });
}

function extentOf({ label, labelX, anchor }: ReturnType<typeof placeMarks>[number]) {
  const width = textWidth(label, 14);
  const start = { start: labelX, middle: labelX - width / 2, end: labelX - width }[anchor];
  return [start, start + width] as const;
}

function curveOf(svg: string): string {
  return /<path d="([^"]*)" fill="none"/.exec(svg)?.[1] ?? '';
}

/** How much of a part of a picture is dark. */
async function inkIn(png: Uint8Array, region: Region): Promise<number> {
  const part = sharp(png).extract(region).greyscale().raw();
  const pixels = await part.toBuffer();
  return pixels.filter((level) => level < 128).length / pixels.length;
}
