import { bot } from '#domain/ids.ts';
import { clockTime, refuse, type Refusal } from '#domain/run/refusals.ts';
import { stopRuns } from '#domain/run/stop-runs.ts';
import type { Turn } from '#domain/stream/turn.ts';

import type { IncidentCommand } from './commands.ts';
import { absorb, merge, mergedText, reopen, reportArchived, resolve } from './decide-end.ts';
import { exportPostMortem, reportExport } from './decide-export.ts';
import { setMoment } from './decide-moments.ts';
import { addNote, changeNote, reportPicture, withdrawNote } from './decide-notes.ts';
import { assignRole, come, follow, giveBackRole, invite, leave } from './decide-people.ts';
import { nextUpdateFor, postUpdate, remind, snooze } from './decide-updates.ts';
import type { Incident } from './state.ts';

/** What people do to lead an incident; one that was merged is led elsewhere. */
const steering: ReadonlySet<IncidentCommand['type']> = new Set([
  'SetSeverity',
  'AssignRole',
  'GiveBackRole',
  'Follow',
  'Invite',
  'PostUpdate',
  'SetMoment',
  'Merge',
  'Resolve',
  'Reopen',
  'Absorb',
]);

/** Answers whether a command may change the incident of a stream. */
export function decideIncident(turn: Turn, command: IncidentCommand): Refusal {
  const { incident } = turn.stream();
  if (command.type === 'Declare') return declare(turn, command);
  if (command.type === 'Redact') {
    turn.emit({
      type: 'TextsRedacted',
      entry: command.entry,
      positions: [...command.positions],
    });
    return null;
  }
  if (incident === null) return refuse('incident.none', 'There is no incident here.');
  if (incident.status === 'merged' && steering.has(command.type)) {
    return refuse('incident.merged', mergedText(incident));
  }

  switch (command.type) {
    case 'TakeSuggestion':
      if (incident.status !== 'suggested') return answered(incident);
      turn.emit({ type: 'SuggestionTaken', nextUpdate: nextUpdateFor(turn, incident.severity) });
      return null;
    case 'DismissSuggestion':
      if (incident.status !== 'suggested') return answered(incident);
      turn.emit({ type: 'SuggestionDismissed' });
      stopRuns(turn, 'The suggestion was dismissed.');
      return null;
    case 'ReportChannel':
      if (incident.channel !== null) return refuse('incident.has-channel', 'It has a channel.');
      turn.emit({
        type: 'ChannelOpened',
        channel: command.channel,
        name: command.name,
        actor: bot,
      });
      return null;
    case 'NoteProblem':
      if (incident.problems[command.key] === command.message) return null;
      turn.emit({ type: 'ProblemNoted', key: command.key, message: command.message, actor: bot });
      return null;
    case 'SolveProblem': {
      const message = incident.problems[command.key];
      if (message === undefined) return null;
      turn.emit({ type: 'ProblemSolved', key: command.key, message, actor: bot });
      return null;
    }
    case 'ReportAlert':
      return reportAlert(turn, command);
    case 'AddNote':
      return addNote(turn, incident, command);
    case 'ChangeNote':
      return changeNote(turn, incident, command);
    case 'WithdrawNote':
      return withdrawNote(turn, incident, command);
    case 'ReportPicture':
      return reportPicture(turn, incident, command);
    case 'BringFindings': {
      const { from, findings } = command;
      turn.emit({ type: 'FindingsBrought', from, findings });
      return null;
    }
    case 'SetSeverity':
      return setSeverity(turn, incident, command.severity);
    case 'AssignRole':
      return assignRole(turn, incident, command);
    case 'GiveBackRole':
      return giveBackRole(turn, incident, command);
    case 'Follow':
    case 'Unfollow':
      return follow(turn, incident, command.type);
    case 'Join':
      return come(turn, incident);
    case 'Leave':
      return leave(turn, incident, command);
    case 'Invite':
      return invite(turn, incident, command);
    case 'PostUpdate':
      return postUpdate(turn, incident, command);
    case 'Remind':
      return remind(turn, incident, command);
    case 'Snooze':
      return snooze(turn, incident, command);
    case 'SetMoment':
      return setMoment(turn, incident, command);
    case 'Resolve':
      return resolve(turn, incident, command);
    case 'ReportArchived':
      return reportArchived(turn, incident);
    case 'Reopen':
      return reopen(turn, incident, command);
    case 'Merge':
      return merge(turn, incident, command);
    case 'FinishMerge':
      if (incident.merged?.told === false) turn.emit({ type: 'MergeFinished', actor: bot });
      return null;
    case 'Absorb':
      return absorb(turn, incident, command);
    case 'ExportPostMortem':
      return exportPostMortem(turn, incident);
    case 'ReportExport':
      return reportExport(turn, incident, command);
    default:
      return command satisfies never;
  }
}

function declare(turn: Turn, command: Extract<IncidentCommand, { type: 'Declare' }>): Refusal {
  if (turn.stream().incident !== null) {
    return refuse('incident.exists', 'This incident has already been declared.');
  }
  const unknown = unknownSeverity(turn, command.severity);
  if (unknown !== null) return unknown;
  const { at: _at, actor: _actor, title, alert, ...facts } = command;
  turn.emit({
    ...facts,
    type: 'IncidentDeclared',
    nextUpdate: command.declared ? nextUpdateFor(turn, command.severity) : null,
    alert: alert === null ? null : { group: alert.group, labels: { ...alert.labels } },
    texts: { title },
  });
  return null;
}

function reportAlert(
  turn: Turn,
  command: Extract<IncidentCommand, { type: 'ReportAlert' }>,
): Refusal {
  turn.emit({
    type: 'AlertChanged',
    group: command.group,
    status: command.status,
    alerts: command.alerts.map((alert) => ({
      fingerprint: alert.fingerprint,
      status: alert.status,
      labels: { ...alert.labels },
      summary: alert.annotations['summary'] ?? alert.labels['alertname'] ?? 'alert',
      startsAt: alert.startsAt,
      endsAt: alert.endsAt,
    })),
  });
  return null;
}

function setSeverity(turn: Turn, incident: Incident, severity: string): Refusal {
  const unknown = unknownSeverity(turn, severity);
  if (unknown !== null) return unknown;
  if (severity === incident.severity) {
    return refuse('incident.same-severity', `The severity is ${severity} already.`);
  }
  const nextUpdate = incident.status === 'open' ? nextUpdateFor(turn, severity) : null;
  turn.emit({ type: 'SeverityChanged', from: incident.severity, to: severity, nextUpdate });
  return null;
}

function unknownSeverity(turn: Turn, severity: string): Refusal {
  const { severities } = turn.settings.incident;
  if (Object.hasOwn(severities, severity)) return null;
  const known = Object.keys(severities).join(', ');
  return refuse('incident.unknown-severity', `A severity is one of ${known}.`);
}

function answered(incident: Incident): Refusal {
  const { answered: stamp } = incident;
  return refuse(
    'incident.already-answered',
    stamp === null
      ? 'This incident has been declared.'
      : `Already answered: ${stamp.what} by ${stamp.by.name} at ${clockTime(stamp.at)} UTC.`,
  );
}
