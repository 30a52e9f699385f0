import type { Runbook } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';

import { graphOf, type GraphEdge, type GraphNode, type NodeRole } from './runbook-graph.ts';

/** How a role is drawn: brackets around the text, and a class. */
const SHAPES: Record<NodeRole, readonly [open: string, close: string, className: string]> = {
  start: ['([', '])', 'ends'],
  check: ['[', ']', 'checks'],
  person: ['[/', '\\]', 'people'],
  write: ['[[', ']]', 'writes'],
  incident: ['(', ')', 'incident'],
  runbook: ['[[', ']]', 'checks'],
  ask: ['{{', '}}', 'asks'],
  end: ['([', '])', 'ends'],
};

/** Colors that read on a light page and on a dark one. */
const CLASSES: readonly (readonly [className: string, colors: string])[] = [
  ['ends', 'fill:#e6e8eb,stroke:#57606a,color:#1f2328'],
  ['checks', 'fill:#ddf4ff,stroke:#0969da,color:#0a3069'],
  ['people', 'fill:#fff8c5,stroke:#9a6700,color:#4d2d00'],
  ['writes', 'fill:#ffebe9,stroke:#cf222e,color:#82071e,stroke-width:3px'],
  ['incident', 'fill:#fbefff,stroke:#8250df,color:#3e1f79'],
  ['asks', 'fill:#fff8c5,stroke:#9a6700,color:#4d2d00,stroke-dasharray:4 3'],
];

const ARROWS = { usual: '-->', problem: '-->', unsure: '-.->' } as const;

/**
 * The steps and routes as a Mermaid flowchart, which GitHub draws in Markdown. No text of a runbook,
 * however it is written, can become syntax.
 */
export function mermaidOf(runbook: Runbook, settings: Settings | null = null): string {
  const { nodes, edges } = graphOf(runbook, settings);
  const used = new Set(nodes.map(({ role }) => SHAPES[role][2]));
  return [
    'flowchart TD',
    ...nodes.map((node) => `  ${nodeText(node)}`),
    ...edges.map((edge) => `  ${edgeText(edge)}`),
    ...CLASSES.filter(([name]) => used.has(name)).map((pair) => `  classDef ${pair.join(' ')}`),
    '',
  ].join('\n');
}

function nodeText({ id, role, title, lines }: GraphNode): string {
  const [open, close, className] = SHAPES[role];
  const text = [`<b>${escaped(title)}</b>`, ...lines.map(escaped)].join('<br/>');
  return `${mermaidId(id)}${open}"${text}"${close}:::${className}`;
}

function edgeText({ from, to, labels, tone }: GraphEdge): string {
  const label = labels.length === 0 ? '' : `|"${labels.map(escaped).join('<br/>')}"|`;
  return `${mermaidId(from)} ${ARROWS[tone]}${label} ${mermaidId(to)}`;
}

/** Never a word of Mermaid's own, such as `end`. */
function mermaidId(id: string): string {
  return id.replace(':', '_');
}

/** ASCII that is more than text to Mermaid, Markdown or HTML; an underscore only beside a word. */
const SYNTAX = /(?![a-z\d.,/'=!?()+_-])[!-~]|(?<!\w)_|_(?!\w)|\p{Cc}/giu;

/**
 * What could be syntax becomes an entity, in Mermaid's own spelling (`#35;`). A line that begins as
 * a list does would be read as one.
 */
function escaped(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(SYNTAX, entity)
    .replace(/^\d+(?=[.)])|^[-+=]/, (start) => start.replace(/.$/u, entity));
}

function entity(character: string): string {
  return `#${character.codePointAt(0)};`;
}
