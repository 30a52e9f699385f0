import type { Incident } from '#domain/incident/state.ts';
import type { StreamEvent } from '#domain/stream/stream.ts';
import type { AnnouncementMessage, SuggestionMessage } from '#ports/chat-messages.ts';

import { personOf, recordOf, type Drawing } from './drawing.ts';
import { standingOf } from './standing.ts';
import { stepLines } from './step-lines.ts';

const declares: readonly StreamEvent['type'][] = ['IncidentDeclared', 'SuggestionTaken'];

/** One message in the announcement channel, edited as things change. */
export function announcement({ events, button }: Drawing, incident: Incident): AnnouncementMessage {
  const declared = events.findLast(({ event }) => declares.includes(event.type));
  const commander = incident.roles['commander'];
  const { update, cause } = incident;
  return {
    kind: 'announcement',
    incident: incident.id,
    title: incident.title,
    severity: incident.severity,
    status: standingOf(incident),
    drill: incident.drill,
    channel: incident.channel?.id ?? null,
    commander: commander ? personOf(commander) : null,
    startedAt: incident.startedAt,
    resolvedAt: incident.resolvedAt,
    summary: cause ?? update?.text ?? beyondTitle(incident),
    buttons:
      incident.status === 'open'
        ? [
            button({ act: { type: 'Join' }, label: 'Join', style: 'primary' }),
            button({ act: { type: 'Follow' }, label: 'Follow' }),
          ]
        : [],
    record: declared ? recordOf(declared) : null,
  };
}

/** What the alert says, where the title is something else. */
function beyondTitle({ alert, title }: Incident): string {
  const said = alert?.summary ?? '';
  return said === title ? '' : said;
}

/** An alert that nobody has declared yet: what was found, with Declare and Dismiss. */
export function suggestion(drawing: Drawing, incident: Incident): SuggestionMessage {
  const runs = Object.values(drawing.stream.runs).filter((run) => run.parent === null);
  const { answered } = incident;
  return {
    kind: 'suggestion',
    title: incident.title,
    severity: incident.severity,
    service: incident.service,
    labels: Object.entries(incident.alert?.labels ?? {}).map(([name, value]) => ({ name, value })),
    findings: runs.flatMap((run) => stepLines(run, { now: drawing.now, incident })),
    buttons:
      answered === null
        ? [
            drawing.button({ act: { type: 'TakeSuggestion' }, label: 'Declare', style: 'primary' }),
            drawing.button({ act: { type: 'DismissSuggestion' }, label: 'Dismiss' }),
          ]
        : [],
    outcome:
      answered === null
        ? null
        : { what: answered.what, by: personOf(answered.by), at: answered.at, reason: null },
  };
}
