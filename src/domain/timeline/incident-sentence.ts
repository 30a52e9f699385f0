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
        text: `${event.drill ? 'Drill: ' : ''}${event.private === true ? 'Private: ' : ''}${what}: ${title} (${event.severity})`,
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
    case 'ProblemSolved':
      return { kind: 'problem', text: `No longer: ${event.message}` };
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
          evidence: {
            permalink: event.source.permalink,
            author: event.source.author,
            ...(event.source.files !== undefined && { files: event.source.files }),
          },
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
    case 'PictureKept':
    case 'NoteWithdrawn':
    case 'Followed':
    case 'Unfollowed':
    case 'MergeFinished':
      return null;
    case 'SeverityChanged':
      return { kind: 'severity', text: `Severity changed from ${event.from} to ${event.to}` };
    case 'RoleAssigned': {
      const { role, person, handover } = event;
      const from = handover === undefined ? '' : `, from ${handover.from.name}`;
      return {
        kind: 'role',
        text: withReason(`${person.name} is ${role}${from}`, writtenText(event.texts, 'note')),
        ...(handover && { evidence: { open: handover.open } }),
      };
    }
    case 'RoleGivenBack':
      return { kind: 'role', text: `${event.person.name} is no longer ${event.role}` };
    case 'PersonJoined':
      return { kind: 'people', text: 'Joined' };
    case 'PersonLeft':
      return { kind: 'people', text: `${event.person.name} left` };
    case 'PeopleInvited':
      return { kind: 'people', text: `Invited ${names(event.people)}` };
    case 'UpdateAsked':
      return { kind: 'reminder', text: 'An update was due' };
    case 'ReminderAnswered':
      return {
        kind: 'reminder',
        text:
          event.nextUpdate == null
            ? 'Stopped the reminders of updates'
            : `Put the update off to ${minuteOf(event.nextUpdate)} UTC`,
      };
    case 'MomentSet':
      return {
        kind: 'time',
        text: withReason(momentText(event), writtenText(event.texts, 'reason')),
      };
    case 'IncidentMerged':
      return { kind: 'merged', text: `Merged into ${event.into}` };
    case 'IncidentAbsorbed':
      return {
        kind: 'merged',
        text: `${event.incident} was merged into this: ${writtenText(event.texts, 'title') ?? redacted}`,
        evidence: { incident: event.incident, channel: event.channel },
      };
    case 'ChannelArchived':
      return { kind: 'channel', text: 'Archived the channel' };
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
    case 'PostMortemRequested':
      return { kind: 'postMortem', text: 'Asked for the post-mortem as a pull request' };
    case 'PostMortemExported': {
      const { pullRequest, issues } = event.exported;
      const besides =
        issues.length === 0 ? '' : ` and ${counted(issues.length, 'follow-up issue')}`;
      return {
        kind: 'postMortem',
        text: `Wrote the post-mortem: pull request #${pullRequest.number}${besides}`,
        evidence: event.exported,
      };
    }
    case 'PostMortemFailed':
      return { kind: 'postMortem', text: `The post-mortem was not written: ${event.message}` };
    default:
      return event satisfies never;
  }
}

function momentText({ moment, from, to }: Extract<IncidentEvent, { type: 'MomentSet' }>): string {
  const was = from === null ? '' : `, not ${minuteOf(from)}`;
  return to === null
    ? `Not ${moment} yet${was}`
    : `${moment.charAt(0).toUpperCase()}${moment.slice(1)} at ${minuteOf(to)}${was} UTC`;
}

function minuteOf(at: string): string {
  return at.slice(11, 16);
}

function names(people: readonly { name: string }[]): string {
  return people.map(({ name }) => name).join(', ');
}

function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** One line for a group of alerts, however many there are. */
function summaries(alerts: readonly { summary: string }[]): string {
  const all = [...new Set(alerts.map(({ summary }) => summary))];
  const shown = all.slice(0, 3).join('; ');
  return all.length > 3 ? `${shown} and ${all.length - 3} more` : shown;
}
