import type { AutoResult } from './practice-auto.ts';
import { debriefLines } from './practice-debrief-text.ts';

/** The played incident for a terminal: what happened, what is to be learnt, and whether the shop sells again. */
export function autoText(result: AutoResult): string {
  const { incident, entries, score, orders, deploys, debrief } = result;
  const lines = entries.map(
    ({ at, actor, text }) => `${at.slice(11, 19)}  ${actor.name.padEnd(13)} ${text}`,
  );
  const { rate, hold, every, escalation } = score.windows;
  const told =
    escalation === undefined ? '' : `, nobody's answer told again after ${escalation.again}`;
  return [
    '',
    incident === null
      ? 'No incident was declared.'
      : `${incident.title} · ${incident.severity} · ${incident.status}`,
    '',
    ...lines,
    '',
    ...(debrief === null ? [] : debriefLines(debrief)),
    '',
    `Rollbacks: ${deploys.rollbacks.map(({ from, to, status }) => `${from} → ${to} ${status}`).join(', ') || 'none'}`,
    `Orders:    ${orders.ok} taken, ${orders.failed} failed`,
    `Score:     ${score.seconds.toFixed(1)} s from the fault to the resolution; the report took ${score.reportSeconds} s.`,
    `           Practice shortens windows (rates over ${rate}, hold ${hold}, a look every ${every}${told}), and nothing else.`,
    result.restored ? 'Checkout takes orders again.' : 'Checkout does NOT take orders.',
    '',
  ].join('\n');
}
