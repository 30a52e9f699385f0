import { Graph, layout, type Point } from '@dagrejs/dagre';

import type { GraphEdge, GraphNode, RunbookGraph } from './runbook-graph.ts';
import { textWidth, wrapped } from './text-width.ts';

/** Pixels; the fonts are those of `svg-style.ts`. */
export const TITLE = { size: 14, height: 19 };
export const LINE = { size: 12, height: 17 };
export const PADDING = { x: 10, y: 10 };
const TEXT_WIDTH = 184;
const MARGIN = 16;

/** Where everything stands, from the top left corner; `x` and `y` are the middle of a thing. */
export type Layout = {
  width: number;
  height: number;
  nodes: readonly PlacedNode[];
  edges: readonly PlacedEdge[];
};

type Box = { x: number; y: number; width: number; height: number };

export type PlacedNode = GraphNode &
  Box & { titleLines: readonly string[]; smallLines: readonly string[] };

export type PlacedEdge = GraphEdge & { points: readonly Point[]; label: Box | null };

/** Lays a graph out from the top down. The same graph always comes out the same. */
export function layoutOf(graph: RunbookGraph): Layout {
  const placed = new Graph();
  placed.setGraph({ rankdir: 'TB', nodesep: 16, edgesep: 8, ranksep: 34 });

  const measured = graph.nodes.map(measure);
  for (const { id, width, height } of measured) placed.setNode(id, { width, height });
  for (const edge of graph.edges) placed.setEdge(edge.from, edge.to, layoutLabel(edge));
  layout(placed);

  return framed(
    measured.map((node) => ({ ...node, ...boxOf(placed.node(node.id)) })),
    graph.edges.map((edge) => {
      const { points = [], ...label } = placed.edge(edge.from, edge.to);
      return { ...edge, points, label: edge.labels.length === 0 ? null : boxOf(label) };
    }),
  );
}

/** Moved into a frame that holds everything: Dagre's own leaves out the bends of edges. */
function framed(nodes: readonly PlacedNode[], edges: readonly PlacedEdge[]): Layout {
  const points = edges.flatMap((edge) => edge.points.map((point) => boxOf(point)));
  const boxes = [...nodes, ...points, ...edges.flatMap(({ label }) => label ?? [])];
  const left = Math.min(...boxes.map(({ x, width }) => x - width / 2)) - MARGIN;
  const top = Math.min(...boxes.map(({ y, height }) => y - height / 2)) - MARGIN;
  const moved = <T extends Point>(thing: T): T => ({
    ...thing,
    x: thing.x - left,
    y: thing.y - top,
  });
  return {
    width: Math.ceil(Math.max(...boxes.map(({ x, width }) => x + width / 2)) - left + MARGIN),
    height: Math.ceil(Math.max(...boxes.map(({ y, height }) => y + height / 2)) - top + MARGIN),
    nodes: nodes.map(moved),
    edges: edges.map((edge) => ({
      ...edge,
      points: edge.points.map(moved),
      label: edge.label === null ? null : moved(edge.label),
    })),
  };
}

function measure(node: GraphNode): PlacedNode {
  const titleLines = wrapped(node.title, TEXT_WIDTH, TITLE.size);
  const smallLines = node.lines.flatMap((line) => wrapped(line, TEXT_WIDTH, LINE.size));
  const widths = [
    ...titleLines.map((line) => textWidth(line, TITLE.size)),
    ...smallLines.map((line) => textWidth(line, LINE.size)),
  ];
  return {
    ...node,
    titleLines,
    smallLines,
    x: 0,
    y: 0,
    width: Math.ceil(Math.max(...widths)) + 2 * PADDING.x,
    height: titleLines.length * TITLE.height + smallLines.length * LINE.height + 2 * PADDING.y,
  };
}

/** What goes on by itself is drawn straighter than what is an exception. */
function layoutLabel({ labels, tone }: GraphEdge) {
  const widths = labels.map((label) => textWidth(label, LINE.size));
  return {
    width: labels.length === 0 ? 0 : Math.ceil(Math.max(...widths)) + 8,
    height: labels.length * LINE.height,
    labelpos: 'c' as const,
    weight: tone === 'usual' ? 4 : 1,
  };
}

function boxOf({ x = 0, y = 0, width = 0, height = 0 }: Partial<Box>): Box {
  return { x, y, width, height };
}
