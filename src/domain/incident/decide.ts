import { bot } from '#domain/ids.ts';
import { clockTime, refuse, type Refusal } from '#domain/run/refusals.ts';
import { stopRuns } from '#domain/run/stop-runs.ts';
import { postMortemRepository } from '#domain/runbook/code-repository.ts';
import type { Turn } from '#domain/stream/turn.ts';

import type { IncidentCommand } from './commands.ts';
import type { ExportedPostMortem } from './post-mortem-export.ts';
import type { Incident } from './state.ts';

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

  switch (command.type) {
    case 'TakeSuggestion':
      if (incident.status !== 'suggested') return answered(incident);
      turn.emit({ type: 'SuggestionTaken' });
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
    case 'ReportAlert':
      return reportAlert(turn, command);
    case 'AddNote': {
      const { source, happenedAt, text } = command;
      if (source !== null && incident.notes[source.message] !== undefined) {
        return refuse('incident.noted', 'This message is on the timeline already.');
      }
      turn.emit({ type: 'NoteAdded', happenedAt, source, texts: { note: text } });
      return null;
    }
    case 'BringFindings': {
      const { from, findings } = command;
      turn.emit({ type: 'FindingsBrought', from, findings });
      return null;
    }
    case 'ChangeNote': {
      const { message, text } = command;
      const before = incident.notes[message];
      if (before !== undefined && before !== text) {
        turn.emit({ type: 'NoteChanged', message, texts: { note: text } });
      }
      return null;
    }
    case 'WithdrawNote':
      if (incident.notes[command.message] !== undefined) {
        turn.emit({ type: 'NoteWithdrawn', message: command.message });
      }
      return null;
    case 'SetSeverity':
      return setSeverity(turn, incident, command.severity);
    case 'AssignRole':
      return assignRole(turn, incident, command);
    case 'PostUpdate':
      turn.emit({ type: 'UpdatePosted', texts: { text: command.text } });
      return null;
    case 'Resolve':
      if (incident.status !== 'open') return notOpen(incident);
      turn.emit({
        type: 'IncidentResolved',
        followUps: [...command.followUps],
        texts: { cause: command.cause },
      });
      stopRuns(turn, 'The incident was resolved.');
      return null;
    case 'Reopen':
      if (incident.status !== 'resolved') {
        return refuse('incident.not-resolved', 'It is not resolved.');
      }
      turn.emit({
        type: 'IncidentReopened',
        ...(command.reason !== null && { texts: { reason: command.reason } }),
      });
      return null;
    case 'ExportPostMortem':
      return exportPostMortem(turn, incident);
    case 'ReportExport':
      return reportExport(turn, incident, command.outcome);
    default:
      return command satisfies never;
  }
}

/** A terminal exports without being asked on the record; that it failed is told there. */
function reportExport(
  turn: Turn,
  { postMortem }: Incident,
  outcome: ExportedPostMortem | { failed: string },
): Refusal {
  if ('failed' in outcome) {
    if (postMortem?.status !== 'requested') {
      return refuse('incident.no-export', 'No post-mortem is being written.');
    }
    turn.emit({ type: 'PostMortemFailed', message: outcome.failed, actor: bot });
    return null;
  }
  const known = postMortem?.status === 'exported' ? postMortem.exported : null;
  if (known !== null && sameExport(known, outcome)) return null;
  turn.emit({ type: 'PostMortemExported', exported: outcome, actor: bot });
  return null;
}

function sameExport(one: ExportedPostMortem, other: ExportedPostMortem): boolean {
  return urlsOf(one) === urlsOf(other);
}

function urlsOf({ pullRequest, issues }: ExportedPostMortem): string {
  return [pullRequest, ...issues].map(({ url }) => url).join(' ');
}

function declare(turn: Turn, command: Extract<IncidentCommand, { type: 'Declare' }>): Refusal {
  if (turn.stream().incident !== null) {
    return refuse('incident.exists', 'This incident has already been declared.');
  }
  const severities = Object.keys(turn.settings.incident.severities);
  if (!severities.includes(command.severity)) {
    return refuse('incident.unknown-severity', `A severity is one of ${severities.join(', ')}.`);
  }
  const { incident, title, severity, service, environment, drill, declared, startedAt, alert } =
    command;
  turn.emit({
    type: 'IncidentDeclared',
    incident,
    severity,
    service,
    environment,
    drill,
    declared,
    startedAt,
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
  const severities = Object.keys(turn.settings.incident.severities);
  if (!severities.includes(severity)) {
    return refuse('incident.unknown-severity', `A severity is one of ${severities.join(', ')}.`);
  }
  if (severity === incident.severity) {
    return refuse('incident.same-severity', `The severity is ${severity} already.`);
  }
  turn.emit({ type: 'SeverityChanged', from: incident.severity, to: severity });
  return null;
}

function assignRole(
  turn: Turn,
  incident: Incident,
  { role, person }: Extract<IncidentCommand, { type: 'AssignRole' }>,
): Refusal {
  const roles = turn.settings.incident.roles.map(({ name }) => name);
  if (!roles.includes(role)) {
    return refuse('incident.unknown-role', `A role is one of ${roles.join(', ')}.`);
  }
  if (incident.roles[role]?.id === person.id) {
    return refuse('incident.same-role', `${person.name} is ${role} already.`);
  }
  turn.emit({ type: 'RoleAssigned', role, person });
  return null;
}

/** Once it is resolved; again after a failure, and to add what has been noted since. */
function exportPostMortem(turn: Turn, { status, postMortem }: Incident): Refusal {
  if (status !== 'resolved') return refuse('incident.not-resolved', 'It is not resolved.');
  if (postMortem?.status === 'requested') {
    return refuse('incident.export-under-way', 'The post-mortem is being written already.');
  }
  const repository = postMortemRepository(turn.settings);
  if (repository?.ok !== true) {
    return refuse(
      'incident.no-repository',
      repository?.message ?? 'The settings name no repository for post-mortems.',
    );
  }
  turn.emit({ type: 'PostMortemRequested' });
  return null;
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

function notOpen(incident: Incident): Refusal {
  const by = incident.resolvedBy?.name;
  return incident.resolvedAt === null
    ? refuse('incident.not-open', 'This incident is not open.')
    : refuse(
        'incident.already-resolved',
        `Already resolved by ${by ?? 'somebody'} at ${clockTime(incident.resolvedAt)} UTC.`,
      );
}
