import type { IncidentEvent } from '#domain/incident/events.ts';
import { redacted } from '#domain/incident/evolve.ts';

import { wordedVerdict } from './run-sentence.ts';
import { withReason, writtenText, type Sentence } from './sentence.ts';

/** Null for what only changes an earlier line. */
export function incidentSentence(event: IncidentEvent): Sentence | null {
  switch (event.type) {
    case 'IncidentDeclared': {
      const title = writtenText(event.texts, 'title') ?? redacted;
      const what = event.declared ? 'Declared' : 'An alert suggests an incident';
      const { alert } = event;
      return {
        kind: event.declared ? 'declared' : 'alert',
        text: `${event.drill ? 'Drill: ' : ''}${what}: ${title} (${event.severity})`,
        ...(alert !== null && { evidence: { labels: alert.labels } }),
      };
    }
    case 'SuggestionTaken':
      return { kind: 'declared', text: 'Declared what the alert suggested' };
    case 'SuggestionDismissed':
      return { kind: 'dismissed', text: 'Dismissed what the alert suggested' };
    case 'ChannelOpened':
      return { kind: 'channel', text: `Opened the channel #${event.name}` };
    case 'ProblemNoted':
      return { kind: 'problem', text: event.message };
    case 'AlertChanged':
      return {
        kind: 'alert',
        text: `${event.status === 'firing' ? 'Alert fires' : 'Alert resolved'}: ${summaries(event.alerts)}`,
        evidence: { alerts: event.alerts },
      };
    case 'NoteAdded':
      return {
        kind: 'note',
        text: writtenText(event.texts, 'note') ?? redacted,
        at: event.happenedAt,
        ...(event.source !== null && {
          evidence: { permalink: event.source.permalink, author: event.source.author },
        }),
      };
    case 'FindingsBrought': {
      const { from, findings } = event;
      const found = findings.map(
        ({ title, verdict, finding }) => `${title}: ${wordedVerdict[verdict]}. ${finding}`,
      );
      return {
        kind: 'evidence',
        text: `Found by the runbook ${from.title} (${from.run}): ${found.join('; ')}`,
        evidence: { ...from, findings },
      };
    }
    case 'NoteChanged':
    case 'NoteWithdrawn':
      return null;
    case 'SeverityChanged':
      return { kind: 'severity', text: `Severity changed from ${event.from} to ${event.to}` };
    case 'RoleAssigned':
      return { kind: 'role', text: `${event.person.name} is ${event.role}` };
    case 'UpdatePosted':
      return { kind: 'update', text: `Update: ${writtenText(event.texts, 'text') ?? redacted}` };
    case 'IncidentResolved':
      return {
        kind: 'resolved',
        text: withReason('Resolved', writtenText(event.texts, 'cause') ?? redacted),
        ...(event.followUps.length > 0 && { evidence: { followUps: event.followUps } }),
      };
    case 'TextsRedacted':
      return { kind: 'redaction', text: `Took the text of entry ${event.entry} out of the record` };
    case 'IncidentReopened':
      return { kind: 'reopened', text: withReason('Reopened', writtenText(event.texts, 'reason')) };
    default:
      return event satisfies never;
  }
}

/** One line for a group of alerts, however many there are. */
function summaries(alerts: readonly { summary: string }[]): string {
  const all = [...new Set(alerts.map(({ summary }) => summary))];
  const shown = all.slice(0, 3).join('; ');
  return all.length > 3 ? `${shown} and ${all.length - 3} more` : shown;
}
