import type { Runbook } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import { xmlText } from '#domain/xml-text.ts';

import { graphInWords } from './graph-in-words.ts';
import { layoutOf, LINE, PADDING, TITLE, type PlacedEdge, type PlacedNode } from './layout.ts';
import { graphOf, type Tone } from './runbook-graph.ts';
import { svgStyle } from './svg-style.ts';

const TONES: readonly Tone[] = ['usual', 'problem', 'unsure'];

/**
 * The steps and routes as an SVG that stands alone: no script, no font, nothing fetched. It follows
 * the reader's light or dark, and says in words what it shows.
 */
export function svgOf(runbook: Runbook, settings: Settings | null = null): string {
  const graph = graphOf(runbook, settings);
  const { width, height, nodes, edges } = layoutOf(graph);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="runbook-title runbook-words">`,
    `<title id="runbook-title">${xmlText(graph.title)}</title>`,
    `<desc id="runbook-words">${xmlText(graphInWords(graph))}</desc>`,
    `<style>${svgStyle}</style>`,
    `<defs>${TONES.map(arrowhead).join('')}</defs>`,
    `<rect class="page" width="${width}" height="${height}"/>`,
    ...edges.map(edgePath),
    ...nodes.map(nodeGroup),
    ...edges.map(edgeLabel),
    '</svg>\n',
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function arrowhead(tone: Tone): string {
  return `<marker id="arrow-${tone}" class="arrow ${tone}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M0 0 10 5 0 10z"/></marker>`;
}

function nodeGroup({ role, x, y, width, height, titleLines, smallLines }: PlacedNode): string {
  const [left, top] = [x - width / 2, y - height / 2];
  const radius = role === 'start' || role === 'end' || role === 'ask' ? 18 : 6;
  const rect = `<rect x="${n(left)}" y="${n(top)}" width="${n(width)}" height="${n(height)}" rx="${radius}"/>`;
  let baseline = top + PADDING.y;
  const titles = titleLines.map((line) => {
    baseline += TITLE.height;
    return text('title', x, baseline - 5, line);
  });
  const lines = smallLines.map((line) => {
    baseline += LINE.height;
    return text('line', x, baseline - 5, line);
  });
  return `<g class="${role}">${rect}${[...titles, ...lines].join('')}</g>`;
}

function edgePath({ points, tone }: PlacedEdge): string {
  return `<path class="edge ${tone}" d="${curve(points)}" marker-end="url(#arrow-${tone})"/>`;
}

function edgeLabel({ label, labels, tone }: PlacedEdge): string {
  if (label === null) return '';
  const top = label.y - label.height / 2;
  const lines = labels.map((line, index) =>
    text('label', label.x, top + (index + 1) * LINE.height - 5, line),
  );
  return `<g class="${tone}">${lines.join('')}</g>`;
}

/** Straight from point to point, with every bend rounded by a curve through half the way. */
function curve(points: PlacedEdge['points']): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const parts = rest.map((point, index) => {
    const next = rest[index + 1];
    if (next === undefined) return `L${n(point.x)} ${n(point.y)}`;
    const middle = { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q${n(point.x)} ${n(point.y)} ${n(middle.x)} ${n(middle.y)}`;
  });
  return `M${n(first.x)} ${n(first.y)}${parts.join('')}`;
}

function text(className: string, x: number, y: number, content: string): string {
  return `<text class="${className}" x="${n(x)}" y="${n(y)}">${xmlText(content)}</text>`;
}

/** A tenth of a pixel is enough. */
function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}
