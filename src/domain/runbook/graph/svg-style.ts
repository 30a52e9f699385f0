import type { NodeRole } from './runbook-graph.ts';

type Colors = { fill: string; stroke: string; text: string };

const light: Record<NodeRole, Colors> = {
  start: { fill: '#eaeef2', stroke: '#57606a', text: '#1f2328' },
  check: { fill: '#ddf4ff', stroke: '#0969da', text: '#0a3069' },
  person: { fill: '#fff8c5', stroke: '#9a6700', text: '#4d2d00' },
  write: { fill: '#ffebe9', stroke: '#cf222e', text: '#82071e' },
  incident: { fill: '#fbefff', stroke: '#8250df', text: '#3e1f79' },
  runbook: { fill: '#ddf4ff', stroke: '#0969da', text: '#0a3069' },
  ask: { fill: '#fff8c5', stroke: '#9a6700', text: '#4d2d00' },
  end: { fill: '#eaeef2', stroke: '#57606a', text: '#1f2328' },
};

const dark: Record<NodeRole, Colors> = {
  start: { fill: '#2d333b', stroke: '#8b949e', text: '#e6edf3' },
  check: { fill: '#0c2d6b', stroke: '#58a6ff', text: '#cae8ff' },
  person: { fill: '#4b2900', stroke: '#d29922', text: '#f8e3a1' },
  write: { fill: '#67060c', stroke: '#ff7b72', text: '#ffdcd7' },
  incident: { fill: '#3c1e70', stroke: '#bc8cff', text: '#eddeff' },
  runbook: { fill: '#0c2d6b', stroke: '#58a6ff', text: '#cae8ff' },
  ask: { fill: '#4b2900', stroke: '#d29922', text: '#f8e3a1' },
  end: { fill: '#2d333b', stroke: '#8b949e', text: '#e6edf3' },
};

function rules(
  page: string,
  tones: { usual: string; problem: string; unsure: string },
  colors: Record<NodeRole, Colors>,
): string {
  return [
    `.page{fill:${page}}.label{stroke:${page}}`,
    ...Object.entries(tones).map(
      ([tone, color]) =>
        `.edge.${tone}{stroke:${color}}.${tone} .label,.arrow.${tone}{fill:${color}}`,
    ),
    ...Object.entries(colors).map(
      ([role, { fill, stroke, text }]) =>
        `.${role} rect{fill:${fill};stroke:${stroke}}.${role} text{fill:${text}}`,
    ),
  ].join('');
}

const shapes = [
  'text{font-family:system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;text-anchor:middle}',
  '.title{font-size:14px;font-weight:600}.line,.label{font-size:12px}',
  '.label{font-weight:600;stroke-width:5px;stroke-linejoin:round;paint-order:stroke}',
  '.edge{fill:none;stroke-width:1.5px}.edge.unsure{stroke-dasharray:5 4}',
  'g rect{stroke-width:1.5px}.write rect{stroke-width:3px}.ask rect{stroke-dasharray:5 4}',
].join('');

/** Every color has a contrast of 4.5 or more with what it stands on. */
export const svgStyle = [
  shapes,
  rules('#ffffff', { usual: '#424a53', problem: '#cf222e', unsure: '#656d76' }, light),
  `@media(prefers-color-scheme:dark){${rules('#0d1117', { usual: '#c9d1d9', problem: '#ff7b72', unsure: '#9198a1' }, dark)}}`,
].join('');
