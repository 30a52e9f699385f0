import type { IncidentEvent } from './events.ts';
import type { Incident } from './state.ts';

/** What is shown in place of a text that was taken out of the record. */
export const redacted = '(redacted)';

/** Folds one event into the incident. Never refuses. */
export function evolveIncident(incident: Incident, event: IncidentEvent): Incident {
  switch (event.type) {
    case 'IncidentDeclared':
      return incident;
    case 'SuggestionTaken':
      return {
        ...incident,
        status: 'open',
        declaredAt: event.at,
        declaredBy: event.actor,
        answered: { what: 'Declared', by: event.actor, at: event.at },
      };
    case 'SuggestionDismissed':
      return {
        ...incident,
        status: 'dismissed',
        answered: { what: 'Dismissed', by: event.actor, at: event.at },
      };
    case 'ChannelOpened':
      return { ...incident, channel: { id: event.channel, name: event.name } };
    case 'ProblemNoted':
      return { ...incident, problems: { ...incident.problems, [event.key]: event.message } };
    case 'AlertChanged':
      return {
        ...incident,
        alert: {
          group: event.group,
          labels: incident.alert?.labels ?? {},
          status: event.status,
          summary: event.alerts[0]?.summary ?? incident.alert?.summary ?? null,
        },
      };
    case 'TextsRedacted':
      return incident;
    case 'NoteAdded':
      return event.source === null
        ? incident
        : withNote(incident, event.source.message, event.texts['note'] ?? redacted);
    case 'NoteChanged':
      return withNote(incident, event.message, event.texts['note'] ?? redacted);
    case 'NoteWithdrawn': {
      const { [event.message]: _withdrawn, ...notes } = incident.notes;
      return { ...incident, notes };
    }
    case 'FindingsBrought':
      return { ...incident, brought: event.findings };
    case 'SeverityChanged':
      return { ...incident, severity: event.to };
    case 'RoleAssigned':
      return { ...incident, roles: { ...incident.roles, [event.role]: event.person } };
    case 'UpdatePosted':
      return {
        ...incident,
        update: { text: event.texts['text'] ?? redacted, at: event.at, by: event.actor },
      };
    case 'IncidentResolved':
      return {
        ...incident,
        status: 'resolved',
        resolvedAt: event.at,
        resolvedBy: event.actor,
        cause: event.texts['cause'] ?? redacted,
        followUps: event.followUps,
      };
    case 'IncidentReopened':
      return { ...incident, status: 'open', resolvedAt: null, resolvedBy: null };
    default:
      return event satisfies never;
  }
}

function withNote(incident: Incident, message: string, text: string): Incident {
  return { ...incident, notes: { ...incident.notes, [message]: text } };
}

export function declaredIncident(
  event: Extract<IncidentEvent, { type: 'IncidentDeclared' }>,
): Incident {
  return {
    id: event.incident,
    title: event.texts['title'] ?? redacted,
    severity: event.severity,
    service: event.service,
    environment: event.environment,
    drill: event.drill,
    status: event.declared ? 'open' : 'suggested',
    declaredAt: event.at,
    declaredBy: event.actor,
    startedAt: event.startedAt,
    resolvedAt: null,
    resolvedBy: null,
    cause: null,
    followUps: [],
    channel: null,
    roles: {},
    alert: event.alert === null ? null : { ...event.alert, status: 'firing', summary: null },
    notes: {},
    update: null,
    problems: {},
    brought: [],
    answered: null,
  };
}
