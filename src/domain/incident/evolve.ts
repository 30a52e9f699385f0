import type { Actor } from '#domain/ids.ts';

import type { IncidentEvent } from './events.ts';
import type { Moment } from './moment.ts';
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
        nextUpdate: event.nextUpdate ?? null,
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
    case 'ProblemSolved': {
      const { [event.key]: _solved, ...problems } = incident.problems;
      return { ...incident, problems };
    }
    case 'AlertChanged': {
      const alertGroups = { ...incident.alertGroups, [event.group]: event.status };
      return {
        ...incident,
        alertGroups,
        alert: {
          group: incident.alert?.group ?? event.group,
          labels: incident.alert?.labels ?? {},
          status: statusOf(alertGroups),
          summary: event.alerts[0]?.summary ?? incident.alert?.summary ?? null,
        },
      };
    }
    case 'TextsRedacted':
      return incident;
    case 'NoteAdded':
      return event.source === null
        ? incident
        : withPictures(
            withNote(incident, event.source, event.texts['note'] ?? redacted),
            event.source,
          );
    case 'PictureKept':
      return {
        ...incident,
        pictures: incident.pictures.filter(
          ({ message, file }) => message !== event.message || file !== event.file,
        ),
      };
    case 'NoteChanged':
      return withNote(incident, event, event.texts['note'] ?? redacted);
    case 'NoteWithdrawn': {
      const { [event.message]: _withdrawn, ...notes } = incident.notes;
      return { ...incident, notes };
    }
    case 'FindingsBrought':
      return { ...incident, brought: event.findings };
    case 'SeverityChanged':
      return { ...incident, severity: event.to, nextUpdate: event.nextUpdate ?? null };
    case 'RoleAssigned':
      return { ...incident, roles: { ...incident.roles, [event.role]: event.person } };
    case 'RoleGivenBack': {
      const { [event.role]: _givenBack, ...roles } = incident.roles;
      return { ...incident, roles };
    }
    case 'Followed':
      return { ...incident, followers: withIds(incident.followers, [event.actor]) };
    case 'Unfollowed':
      return { ...incident, followers: without(incident.followers, event.actor) };
    case 'PersonJoined':
      return { ...incident, people: withIds(incident.people, [event.actor]) };
    case 'PersonLeft':
      return { ...incident, people: without(incident.people, event.person) };
    case 'PeopleInvited':
      return { ...incident, people: withIds(incident.people, event.people) };
    case 'UpdatePosted':
      return {
        ...withAnswer(incident, { what: 'Update sent', by: event.actor, at: event.at }),
        update: { text: event.texts['text'] ?? redacted, at: event.at, by: event.actor },
        nextUpdate: event.nextUpdate ?? null,
      };
    case 'UpdateAsked':
      return {
        ...incident,
        reminders: [
          ...answeredReminders(incident, {
            what: 'Nobody answered; asked again',
            by: event.actor,
            at: event.at,
          }),
          { at: event.at, answer: null },
        ],
        nextUpdate: event.nextUpdate ?? null,
      };
    case 'ReminderAnswered':
      return {
        ...withAnswer(incident, {
          what: event.nextUpdate == null ? 'Stopped' : `Put off to ${clockOf(event.nextUpdate)}`,
          by: event.actor,
          at: event.at,
        }),
        nextUpdate: event.nextUpdate ?? null,
      };
    case 'MomentSet':
      return withMoment(incident, event.moment, event.to);
    case 'IncidentResolved':
      return {
        ...withAnswer(incident, { what: 'Resolved', by: event.actor, at: event.at }),
        status: 'resolved',
        resolvedAt: event.at,
        resolvedBy: event.actor,
        cause: event.texts['cause'] ?? redacted,
        followUps: event.followUps,
        nextUpdate: null,
        archive: event.archiveAt == null ? null : { at: event.archiveAt, done: false },
      };
    case 'IncidentReopened': {
      const { resolved: _resolved, ...moments } = incident.moments;
      return {
        ...incident,
        status: 'open',
        resolvedAt: null,
        resolvedBy: null,
        moments,
        nextUpdate: event.nextUpdate ?? null,
        archive: null,
        merged: null,
      };
    }
    case 'ChannelArchived':
      return {
        ...incident,
        archive: { at: incident.archive?.at ?? event.at, done: true },
      };
    case 'IncidentMerged': {
      const { into, channel } = event;
      return {
        ...withAnswer(incident, { what: 'Merged', by: event.actor, at: event.at }),
        status: 'merged',
        nextUpdate: null,
        merged: { into, channel, told: false },
      };
    }
    case 'MergeFinished':
      return {
        ...incident,
        merged: incident.merged && { ...incident.merged, told: true },
      };
    case 'IncidentAbsorbed': {
      const title = event.texts['title'] ?? redacted;
      const channel = event.channel?.id ?? null;
      const alertGroups = { ...incident.alertGroups, ...event.alerts };
      return {
        ...incident,
        alertGroups,
        alert: incident.alert && { ...incident.alert, status: statusOf(alertGroups) },
        people: [...new Set([...incident.people, ...event.people])],
        absorbed: [...incident.absorbed, { incident: event.incident, title, channel }],
      };
    }
    case 'PostMortemRequested': {
      const requests = (incident.postMortem?.requests ?? 0) + 1;
      return { ...incident, postMortem: { requests, status: 'requested' } };
    }
    case 'PostMortemExported': {
      const { requests = 1 } = incident.postMortem ?? {};
      return {
        ...incident,
        postMortem: { requests, status: 'exported', exported: event.exported },
      };
    }
    case 'PostMortemFailed': {
      const { requests = 1 } = incident.postMortem ?? {};
      return { ...incident, postMortem: { requests, status: 'failed', message: event.message } };
    }
    default:
      return event satisfies never;
  }
}

function withNote(
  incident: Incident,
  { message, edited }: { message: string; edited?: string | undefined },
  text: string,
): Incident {
  const before = incident.notes[message]?.edited ?? '';
  const note = { text, edited: edited ?? before };
  return { ...incident, notes: { ...incident.notes, [message]: note } };
}

function statusOf(groups: Incident['alertGroups']): 'firing' | 'resolved' {
  return Object.values(groups).includes('firing') ? 'firing' : 'resolved';
}

function withIds(ids: readonly string[], people: readonly Actor[]): string[] {
  return [...new Set([...ids, ...people.map(({ id }) => id)])];
}

function without(ids: readonly string[], { id }: Actor): string[] {
  return ids.filter((one) => one !== id);
}

/** The beginning and the end are the incident's own; the rest is what is to be gone by instead. */
function withMoment(incident: Incident, moment: Moment, at: string | null): Incident {
  const moments = { ...incident.moments, [moment]: at };
  if (at !== null && moment === 'started') return { ...incident, moments, startedAt: at };
  if (at !== null && moment === 'resolved') return { ...incident, moments, resolvedAt: at };
  return { ...incident, moments };
}

type Answer = NonNullable<Incident['answered']>;

/** Whatever ends the need for an update answers the reminder of it. */
function withAnswer(incident: Incident, answer: Answer): Incident {
  return { ...incident, reminders: answeredReminders(incident, answer) };
}

function answeredReminders({ reminders }: Incident, answer: Answer): Incident['reminders'] {
  return reminders.map((one) => (one.answer === null ? { ...one, answer } : one));
}

function clockOf(at: string): string {
  return `${at.slice(11, 16)} UTC`;
}

type Source = NonNullable<Extract<IncidentEvent, { type: 'NoteAdded' }>['source']>;

function withPictures(incident: Incident, { message, files = [] }: Source): Incident {
  const found = files.flatMap(({ type, source }, file) =>
    source !== null && type.startsWith('image/') ? [{ message, file, source }] : [],
  );
  return found.length === 0
    ? incident
    : { ...incident, pictures: [...incident.pictures, ...found] };
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
    private: event.private ?? false,
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
    people: [],
    followers: [],
    moments: {},
    alert: event.alert === null ? null : { ...event.alert, status: 'firing', summary: null },
    alertGroups: event.alert === null ? {} : { [event.alert.group]: 'firing' },
    notes: {},
    pictures: [],
    update: null,
    problems: {},
    postMortem: null,
    brought: [],
    answered: null,
    nextUpdate: event.nextUpdate ?? null,
    reminders: [],
    archive: null,
    merged: null,
    absorbed: [],
  };
}
