import { readFileSync } from 'node:fs';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { layoutOf, type Layout } from '#domain/runbook/graph/layout.ts';
import { graphOf } from '#domain/runbook/graph/runbook-graph.ts';
import { svgOf } from '#domain/runbook/graph/svg.ts';
import { textWidth, wrapped } from '#domain/runbook/graph/text-width.ts';
import { readRunbook } from '#domain/runbook/read-runbook.ts';
import { xmlText } from '#domain/xml-text.ts';

const file = new URL('../../../../runbooks/checkout/bad-gateway-url.yaml', import.meta.url);
const { runbook } = readRunbook({ file: 'report', bytes: readFileSync(file) });
if (runbook === null) throw new Error('the runbook of the report has errors');
const report = runbook;

type Box = { x: number; y: number; width: number; height: number };

function holds({ x, y, width, height }: Box, point: { x: number; y: number }): boolean {
  return Math.abs(point.x - x) < width / 2 - 1 && Math.abs(point.y - y) < height / 2 - 1;
}

function overlap(one: Box, other: Box): boolean {
  return (
    Math.abs(one.x - other.x) < (one.width + other.width) / 2 - 1 &&
    Math.abs(one.y - other.y) < (one.height + other.height) / 2 - 1
  );
}

/** Every edge that runs through a step which it neither leaves nor reaches. */
function crossings({ nodes, edges }: Layout): readonly string[] {
  return edges.flatMap(({ from, to, points }) => {
    const between = points.slice(1).flatMap((end, index) => {
      const start = points[index] ?? end;
      return Array.from({ length: 20 }, (_, step) => ({
        x: start.x + ((end.x - start.x) * step) / 20,
        y: start.y + ((end.y - start.y) * step) / 20,
      }));
    });
    return nodes
      .filter(({ id }) => id !== from && id !== to)
      .filter((node) => between.some((point) => holds(node, point)))
      .map(({ id }) => `${from} -> ${to} through ${id}`);
  });
}

/** Tags that are not closed by one of their own, and text that is markup. */
function faultsOf(svg: string): readonly string[] {
  const open: string[] = [];
  const faults: string[] = [];
  const token =
    /<(\/?)([a-z]+)((?: [\w:-]+="[^"<&]*(?:&[\w#]+;[^"<&]*)*")*)(\/?)>|&[a-z#\d]+;|[<&]/gi;
  for (const [found, close, name = '', , self] of svg.matchAll(token)) {
    if (found === '<' || found === '&') faults.push(`a bare ${found}`);
    else if (close === '/' && open.pop() !== name) faults.push(found);
    else if (close !== '/' && self !== '/' && name !== '') open.push(name);
  }
  return [...faults, ...open];
}

describe('the SVG of a runbook', () => {
  it('of the report fits a page of 900 pixels, top to bottom', () => {
    const layout = layoutOf(graphOf(report));
    expect(layout.width).toBeLessThanOrEqual(900);
    const way = ['start', 'step:symptom', 'step:decide', 'step:recovery', 'end:resolve'];
    const heights = way.map((id) => layout.nodes.find((node) => node.id === id)?.y ?? NaN);
    expect(heights).toEqual(heights.toSorted((a, b) => a - b));
  });

  it('of the report has no edge through a step, and nothing on top of another', () => {
    const layout = layoutOf(graphOf(report));
    expect(crossings(layout)).toEqual([]);
    const boxes = [...layout.nodes, ...layout.edges.flatMap(({ label }) => label ?? [])];
    for (const [index, box] of boxes.entries()) {
      expect(boxes.slice(index + 1).filter((other) => overlap(box, other))).toEqual([]);
    }
  });

  it('holds everything within its frame', () => {
    const { width, height, nodes, edges } = layoutOf(graphOf(report));
    for (const { x, y } of [...nodes, ...edges.flatMap(({ points }) => points)]) {
      expect(x).toBeGreaterThan(0);
      expect(x).toBeLessThan(width);
      expect(y).toBeGreaterThan(0);
      expect(y).toBeLessThan(height);
    }
  });

  it('comes out the same each time', () => {
    expect(svgOf(report)).toBe(svgOf(report));
  });

  it('has a title, and says in words where each step leads', () => {
    const svg = svgOf(report);
    expect(svg).toContain(`<title id="runbook-title">${report.title}</title>`);
    expect(svg).toContain(
      'Is checkout failing, check.metric error_rate. OK: False alarm; Problem found or No data: What changed just before it started.',
    );
    expect(svg).toContain('role="img" aria-labelledby="runbook-title runbook-words"');
  });

  it('has colors for a dark page, and fetches nothing', () => {
    const svg = svgOf(report);
    expect(svg).toContain('@media(prefers-color-scheme:dark)');
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(
      /https?:|href|@import|<script/,
    );
  });

  it('is well-formed whatever people write', () => {
    expect(faultsOf(svgOf(report))).toEqual([]);
    const title = ']]><script>&amp;"\'--> \u0000\ud800 ${{ x }}';
    const steps = report.steps.map((step) => ({ ...step, title, if: title }));
    expect(faultsOf(svgOf({ ...report, title, steps }))).toEqual([]);
  });

  it('holds no text that XML could take for markup', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(faultsOf(`<a b="${xmlText(text)}">${xmlText(text)}</a>`)).toEqual([]);
      }),
    );
    expect(xmlText('a\u0000\ud800\ufffeb')).toBe('a\ufffd\ufffd\ufffdb');
  });
});

describe('wrapping', () => {
  it('breaks between words, and cuts a long word behind a sign', () => {
    expect(wrapped('one two three', 60, 12)).toEqual(['one two', 'three']);
    expect(wrapped('http_requests_total', 100, 12)).toEqual(['http_requests_', 'total']);
  });

  it('never makes a line that is too wide', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const widths = wrapped(text, 100, 12).map((line) => textWidth(line, 12));
        expect(Math.max(0, ...widths)).toBeLessThanOrEqual(100);
      }),
    );
  });
});
