import { percent } from '#domain/expressions/percent.ts';
import { textOf } from '#domain/json.ts';
import { findStep } from '#domain/run/structure.ts';
import type { Step } from '#domain/runbook/runbook.ts';
import { emptyStream, evolve, type StreamEvent } from '#domain/stream/stream.ts';

import { incidentFacts, type Act, type IncidentFacts } from './incident-facts.ts';
import type { RecordedEvent } from './recorded-event.ts';

/** The measured values of a check: the first bad one, and the last of all. */
type Trend = { name: string; worded: string; first: number; last: number };

const mostTrends = 2;

/**
 * A text for those outside, as far as the evidence goes: what is wrong and since when, how what was
 * measured has moved and after which act, what came before it. A person sends it, or writes
 * it anew.
 */
export function updateDraft(events: readonly RecordedEvent[], now: string): string {
  let stream = emptyStream('');
  for (const { event } of events) stream = evolve(stream, event);
  const { incident } = stream;
  if (incident === null) return '';
  const facts = incidentFacts(events);
  const { mitigated } = incident.moments;
  const trends = trendsOf(events).slice(0, mostTrends);
  const minutes = Math.max(
    0,
    Math.round((Date.parse(now) - Date.parse(incident.startedAt)) / 60_000),
  );
  const done = facts.acts.findLast(({ outcome }) => outcome === 'done');
  const lines = [
    `${incident.title} since ${incident.startedAt.slice(11, 16)} UTC (${minutes} min).`,
    ...trends.map((trend) => `${movedText(trend)}${done ? ` after ${actName(done)}` : ''}.`),
    ...foundText(facts, trends.length > 0, done),
    ...(mitigated ? [`Mitigated at ${mitigated.slice(11, 16)} UTC.`] : []),
  ];
  return (lines.length === 1 ? [...lines, 'We are looking into it.'] : lines).join('\n');
}

function movedText({ name, worded, first, last }: Trend): string {
  const isShare = worded.includes(percent(first));
  const shown = (value: number) =>
    isShare ? percent(value) : String(Number(value.toPrecision(3)));
  return first === last ? `${name} ${shown(first)}` : `${name} ${shown(first)} → ${shown(last)}`;
}

function foundText(
  { problems, suspect, acts }: IncidentFacts,
  measured: boolean,
  done: Act | undefined,
): string[] {
  const [symptom] = problems;
  const last = acts.at(-1);
  return [
    ...(measured || symptom === undefined ? [] : [`${symptom.title}: ${symptom.finding}.`]),
    ...(measured || done === undefined ? [] : [`Done: ${actName(done)}.`]),
    ...(suspect === null
      ? []
      : [
          `Deploy ${suspect.build} came ${suspect.before === '' ? 'just' : suspect.before} before it began.`,
        ]),
    ...(last === undefined || last.outcome === 'done'
      ? []
      : [`${actName(last)}: ${last.outcome}.`]),
  ];
}

/** `rollback 1842 → 1841`, as people say it. */
function actName({ title, move }: Act): string {
  const ends = move?.includes(' → ') === true ? (move.split(': ').at(-1) ?? '') : '';
  if (ends === '') return `“${title}”`;
  return /roll(ed|ing)? ?back/i.test(title) ? `rollback ${ends}` : `“${title}” (${ends})`;
}

/** Checks of a metric that found a problem; a repeat is the check that it repeats. */
function trendsOf(events: readonly RecordedEvent[]): Trend[] {
  const trends = new Map<string, Trend>();
  let stream = emptyStream('');
  for (const { event } of events) {
    stream = evolve(stream, event);
    if (event.type !== 'Measured' && event.type !== 'StepFinished') continue;
    const run = stream.runs[event.run];
    const step = run && findStep(run.document.runbook, event.step);
    const value = valueOf(event);
    if (!step || step.uses !== 'check.metric' || value === null) continue;
    const id = `${run.document.runbook.id}.${step.repeats ?? step.id}`;
    const known = trends.get(id);
    if (known) known.last = value;
    else if (event.type === 'StepFinished' && event.verdict === 'fail') {
      const name = nameOf(step);
      trends.set(id, { name, worded: event.finding, first: value, last: value });
    }
  }
  return [...trends.values()];
}

function valueOf(event: StreamEvent): number | null {
  const result =
    event.type === 'StepFinished'
      ? event.result
      : event.type === 'Measured' && event.measurement.kind === 'measured'
        ? event.measurement.result
        : null;
  const value = result?.['value'];
  return typeof value === 'number' ? value : null;
}

/** `error_rate` is `Error rate`; a query without a name is known by its step. */
function nameOf({ title, with: inputs }: Step): string {
  const metric = textOf(inputs['metric']).replaceAll('_', ' ');
  return metric === '' ? `${title}:` : `${metric.charAt(0).toUpperCase()}${metric.slice(1)}`;
}
