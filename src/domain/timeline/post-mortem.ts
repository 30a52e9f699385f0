import type { Incident } from '#domain/incident/state.ts';

import type { Entry } from './entries.ts';
import { actWithPeople, checkText, suspectText } from './fact-text.ts';
import { incidentFacts, type IncidentFacts } from './incident-facts.ts';
import { readRecord, type IncidentRecord } from './incident-record.ts';
import { blank, bulletList, escapeMarkdown, numberedList } from './markdown.ts';
import type { Metrics } from './metrics.ts';
import type { RecordedEvent } from './recorded-event.ts';
import { dayOf, secondsText, timeOfDay } from './time-text.ts';
import { metricsLines, timelineLines } from './timeline-markdown.ts';

/** The parts of a post-mortem, by the names that a template has for them. */
export type PostMortemSections = Readonly<
  Record<
    | 'title'
    | 'background'
    | 'overview'
    | 'timeline'
    | 'rootCause'
    | 'impact'
    | 'mitigation'
    | 'recommendations'
    | 'conclusion',
    string
  >
>;

/**
 * Each part in Markdown: what the record knows is filled in, and what only people know is marked as a
 * blank. Null for a run outside of an incident.
 */
export function postMortemSections(
  id: string,
  events: readonly RecordedEvent[],
): PostMortemSections | null {
  const record = readRecord(id, events);
  const { incident, metrics } = record;
  if (incident === null) return null;
  const facts = incidentFacts(events);
  return {
    title: `${escapeMarkdown(record.title)}${incident.drill ? ' (a drill)' : ''}`,
    background: background(incident),
    overview: overview(incident, metrics),
    timeline: `Times are UTC.\n\n${timelineLines(record.entries.filter(isEvent))}`,
    rootCause: rootCause(incident, facts),
    impact: impact(record, facts),
    mitigation: mitigation(facts),
    recommendations: recommendations(incident),
    conclusion: conclusion(metrics),
  };
}

/** A post-mortem in Markdown, in the order of its parts. Null for a run outside of an incident. */
export function postMortem(id: string, events: readonly RecordedEvent[]): string | null {
  const sections = postMortemSections(id, events);
  if (sections === null) return null;
  const parts = [
    `# Post-mortem: ${sections.title}`,
    `## Background\n\n${sections.background}`,
    `## Incident Overview\n\n${sections.overview}`,
    `## Timeline of Events\n\n${sections.timeline}`,
    `## Root Cause Analysis\n\n${sections.rootCause}`,
    `## Impact Assessment\n\n${sections.impact}`,
    `## Mitigation Steps\n\n${sections.mitigation}`,
    `## Recommendations\n\n${sections.recommendations}`,
    `## Conclusion\n\n${sections.conclusion}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

const hidden = [
  'step',
  'question',
  'request',
  'channel',
  'run',
  'postMortem',
  'people',
  'reminder',
];

/** Steps that begin and questions that are asked belong to the timeline, but not to a report on it. */
function isEvent({ kind }: Entry): boolean {
  return !hidden.includes(kind);
}

function background({ service, environment }: Incident): string {
  const name = service === null ? null : escapeMarkdown(service);
  const where = environment === null ? '' : ` in ${escapeMarkdown(environment)}`;
  const what = blank(`what ${name ?? 'the service'} does, and who depends on it`);
  return name === null ? what : `Service: ${name}${where}.\n\n${what}`;
}

function overview(incident: Incident, metrics: Metrics): string {
  const { id, severity, startedAt, resolvedAt, declaredBy, roles } = incident;
  const began = `It began on ${dayOf(startedAt)} at ${timeOfDay(startedAt)} UTC`;
  const ended =
    resolvedAt === null || metrics.resolve === null
      ? 'is not resolved'
      : `was resolved at ${timeOfDay(resolvedAt)} UTC, ${secondsText(metrics.resolve)} later`;
  const people = Object.entries(roles).map(
    ([role, { name }]) => `${escapeMarkdown(role)}: ${escapeMarkdown(name)}`,
  );
  return [
    `${escapeMarkdown(id)} (${escapeMarkdown(severity)}), declared by ${escapeMarkdown(declaredBy.name)}. ${began} and ${ended}.`,
    bulletList([...metricsLines(metrics), ...people]),
  ].join('\n\n');
}

function rootCause({ cause }: Incident, { suspect, problems, fine }: IncidentFacts): string {
  const parts = [
    cause === null || cause === '' ? blank('the root cause') : escapeMarkdown(cause),
    ...(suspect === null ? [] : [`What changed: ${suspectText(suspect)}.`]),
    ...(problems.length === 0
      ? []
      : [`The checks found:\n\n${bulletList(problems.map(checkText))}`]),
    ...(fine.length === 0 ? [] : [`Ruled out:\n\n${bulletList(fine.map(checkText))}`]),
    `Contributing factors: ${blank('what let this reach production, and what delayed the answer')}`,
  ];
  return parts.join('\n\n');
}

function impact({ metrics }: IncidentRecord, { problems }: IncidentFacts): string {
  const [symptom] = problems;
  const lasted = metrics.mitigate ?? metrics.resolve;
  return bulletList([
    lasted === null
      ? `Duration: ${blank('how long people were affected')}`
      : `Duration: ${secondsText(lasted)} until ${metrics.mitigate === null ? 'it was resolved' : 'the first healthy sample'}`,
    ...(symptom === undefined ? [] : [`Measured: ${checkText(symptom)}`]),
    `Requests or orders that failed: ${blank('number')}`,
    `Revenue: ${blank('estimate')}`,
    `Customers and support: ${blank('who noticed, and how many asked')}`,
  ]);
}

function mitigation({ acts, proof }: IncidentFacts): string {
  if (acts.length === 0) return blank('what was done to restore the service');
  const proved =
    proof === null ? [] : [`Checked: ${checkText(proof)} at ${timeOfDay(proof.at)} UTC.`];
  return numberedList([...acts.map(actWithPeople), ...proved]);
}

function recommendations({ followUps }: Incident): string {
  return followUps.length === 0
    ? blank('what keeps this from happening again')
    : numberedList(followUps.map(escapeMarkdown));
}

function conclusion(metrics: Metrics): string {
  const { mitigate, resolve, waitingForPeople, waitingForMachines } = metrics;
  const healthy =
    mitigate === null
      ? 'No healthy sample after a write is on record.'
      : `The service was healthy ${secondsText(mitigate)} after the trouble began.`;
  const ended =
    resolve === null
      ? 'The incident is not resolved.'
      : `The incident was resolved after ${secondsText(resolve)}.`;
  const waits = `Of that, ${secondsText(waitingForPeople)} went into waiting for people and ${secondsText(waitingForMachines)} into waiting for machines.`;
  return [`${healthy} ${ended} ${waits}`, blank('what we learned, and what we change')].join(
    '\n\n',
  );
}
