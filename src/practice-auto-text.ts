import type { AutoResult } from './practice-auto.ts';

/** The played incident for a terminal: what happened, how long it took, and whether the shop sells again. */
export function autoText(result: AutoResult): string {
  const { incident, entries, score, orders, deploys } = result;
  const lines = entries.map(
    ({ at, actor, text }) => `${at.slice(11, 19)}  ${actor.name.padEnd(13)} ${text}`,
  );
  const metrics = incident?.metrics;
  const times =
    metrics === undefined
      ? []
      : (['detect', 'acknowledge', 'diagnose', 'mitigate', 'resolve'] as const).map(
          (name) => `  ${name.padEnd(12)} ${seconds(metrics[name])}`,
        );
  const { rate, hold, every } = score.windows;
  return [
    '',
    incident === null
      ? 'No incident was declared.'
      : `${incident.title} · ${incident.severity} · ${incident.status}`,
    '',
    ...lines,
    '',
    'Times, from the first alert:',
    ...times,
    '',
    `Rollbacks: ${deploys.rollbacks.map(({ from, to, status }) => `${from} → ${to} ${status}`).join(', ') || 'none'}`,
    `Orders:    ${orders.ok} taken, ${orders.failed} failed`,
    `Score:     ${seconds(score.seconds)} from the fault to the resolution; the report took ${score.reportSeconds} s.`,
    `           Practice shortens windows (rates over ${rate}, hold ${hold}, a look every ${every}), and nothing else.`,
    result.restored ? 'Checkout takes orders again.' : 'Checkout does NOT take orders.',
    '',
  ].join('\n');
}

function seconds(value: number | null): string {
  return value === null ? 'did not happen' : `${value.toFixed(1)} s`;
}
