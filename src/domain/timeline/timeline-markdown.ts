import type { Entry } from './entries.ts';
import type { IncidentRecord } from './incident-record.ts';
import { bulletList, escapeMarkdown } from './markdown.ts';
import type { Metrics } from './metrics.ts';
import { dayOf, secondsText, timeOfDay } from './time-text.ts';

/** The whole timeline for a reader: who, how long, then a line an entry, in the order of the record. */
export function timelineMarkdown(record: IncidentRecord): string {
  const { id, title, entries } = record;
  const head = timelineFacts(record).map(escapeMarkdown);
  const heading = `# ${escapeMarkdown(id)}: ${escapeMarkdown(title)}`;
  const sections = [
    heading,
    bulletList(head),
    '## Timeline',
    'Times are UTC.',
    timelineLines(entries),
  ];
  return `${sections.filter((one) => one !== '').join('\n\n')}\n`;
}

/** A line an entry, under a heading for each day where there are several. */
export function timelineLines(entries: readonly Entry[]): string {
  const days = new Set(entries.map(({ at }) => dayOf(at)));
  let shown: string | null = null;
  const lines: string[] = [];
  for (const { at, actor, text } of entries) {
    const day = dayOf(at);
    if (days.size > 1 && day !== shown) lines.push('', `### ${day}`, '');
    shown = day;
    lines.push(`- **${timeOfDay(at)}** ${escapeMarkdown(actor.name)}: ${escapeMarkdown(text)}`);
  }
  return lines.join('\n').trim();
}

export function metricsLines(metrics: Metrics): string[] {
  const named: readonly [string, number | null][] = [
    ['Detected', metrics.detect],
    ['Acknowledged', metrics.acknowledge],
    ['Diagnosed', metrics.diagnose],
    ['Mitigated', metrics.mitigate],
    ['Resolved', metrics.resolve],
  ];
  const steps = named.map(([name, seconds]) =>
    seconds === null ? `${name}: no` : `${name} after ${secondsText(seconds)}`,
  );
  const [people, machines] = [metrics.waitingForPeople, metrics.waitingForMachines];
  return [
    ...steps,
    `Waiting for people ${secondsText(people)}, for machines ${secondsText(machines)}`,
  ];
}

/** What stands above the timeline: how bad it is, from when to when, who, how long. */
export function timelineFacts({ incident, metrics }: IncidentRecord): string[] {
  if (incident === null) return [];
  const { severity, status, drill, startedAt, resolvedAt } = incident;
  const roles = Object.entries(incident.roles).map(([role, person]) => `${role}: ${person.name}`);
  const began = `Started ${dayOf(startedAt)} ${timeOfDay(startedAt)}`;
  return [
    `${drill ? 'Drill, ' : ''}${severity}, ${status}`,
    resolvedAt === null
      ? began
      : `${began}, resolved ${dayOf(resolvedAt)} ${timeOfDay(resolvedAt)}`,
    ...roles,
    ...metricsLines(metrics),
  ];
}
