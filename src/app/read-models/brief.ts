import type { LoadedEvent } from '#app/load.ts';
import { openItems } from '#domain/incident/open-items.ts';
import type { Incident } from '#domain/incident/state.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { Stream } from '#domain/stream/stream.ts';
import { incidentFacts, type IncidentFacts } from '#domain/timeline/incident-facts.ts';
import type { BriefLine } from '#ports/chat-messages.ts';

const mostOpen = 5;

/** Five lines for whoever comes in late: what, since when, what was tried, who leads, what is open. */
export function brief(
  { stream, events }: { stream: Stream; events: readonly LoadedEvent[] },
  settings: Settings,
  now: string,
): BriefLine[] {
  const { incident } = stream;
  if (incident === null) return [];
  const facts = incidentFacts(events);
  const open = openItems(stream, settings);
  return [
    { label: 'What', text: whatText(incident, facts) },
    { label: 'Since', text: sinceText(incident, now) },
    { label: 'Tried', text: triedText(facts) },
    { label: 'Leads', text: leadsText(incident) },
    { label: 'Open', text: cut(open, mostOpen).join('; ') || 'nothing' },
  ];
}

function whatText({ severity, title, drill }: Incident, { problems }: IncidentFacts): string {
  const [symptom] = problems;
  const found = symptom === undefined ? '' : `: ${symptom.finding}`;
  return `${drill ? 'Drill · ' : ''}${severity} · ${title}${found}`;
}

function sinceText({ startedAt, resolvedAt }: Incident, now: string): string {
  const minutes = Math.round((Date.parse(resolvedAt ?? now) - Date.parse(startedAt)) / 60_000);
  const ended = resolvedAt === null ? '' : `, resolved at ${minuteOf(resolvedAt)} UTC`;
  return `${minuteOf(startedAt)} UTC (${Math.max(0, minutes)} min)${ended}`;
}

function triedText({ acts, suspect, proof }: IncidentFacts): string {
  const done = acts.map(({ title, outcome, to }) => `${title}: ${outcome} at ${minuteOf(to)}`);
  const proved = proof === null ? [] : [`then ${proof.title}: ${proof.finding}`];
  if (done.length > 0) return [...cut(done, 2), ...proved].join('; ');
  return suspect === null
    ? 'nothing yet'
    : `nothing yet; deploy ${suspect.build} came ${suspect.before} before`;
}

function leadsText({ roles }: Incident): string {
  const { commander, ...others } = roles;
  const rest = Object.entries(others).map(([role, { name }]) => `${role} @${name}`);
  return [commander ? `@${commander.name}` : 'nobody yet', ...rest].join(', ');
}

function cut(items: readonly string[], most: number): string[] {
  const rest = items.length - most;
  return rest > 0 ? [...items.slice(0, most), `${rest} more`] : [...items];
}

function minuteOf(at: string): string {
  return at.slice(11, 16);
}
