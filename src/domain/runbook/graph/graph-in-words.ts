import type { GraphEdge, RunbookGraph } from './runbook-graph.ts';

/** The graph for somebody who does not see it: each step, what it is, and where it leads. */
export function graphInWords({ nodes, edges }: RunbookGraph): string {
  const titles = new Map(nodes.map(({ id, title }) => [id, title]));
  const ways = (id: string) =>
    edges.filter(({ from }) => from === id).map((edge) => wayInWords(edge, titles));
  return nodes
    .filter(({ role }) => role !== 'end' && role !== 'ask')
    .map(({ id, title, lines }) => `${[title, ...lines].join(', ')}. ${ways(id).join('; ')}.`)
    .join('\n');
}

function wayInWords({ to, labels }: GraphEdge, titles: ReadonlyMap<string, string>): string {
  const target = titles.get(to) ?? to;
  return labels.length === 0 ? `Then: ${target}` : `${labels.join(' or ')}: ${target}`;
}
