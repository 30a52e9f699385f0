import type { IncidentCommand } from '#domain/incident/commands.ts';
import type { Incident } from '#domain/incident/state.ts';
import { emptyStream, type Stream } from '#domain/stream/stream.ts';
import { by, clock, give } from '#test/support/give.ts';

/** One incident for each status, and each command to it. */

const { actor } = by('ana');
const at = clock(0);
const later = clock(5);

const declare: IncidentCommand & { type: 'Declare' } = {
  at,
  actor,
  type: 'Declare',
  incident: 'inc',
  title: 'Checkout fails',
  severity: 'SEV1',
  service: 'checkout',
  environment: 'production',
  drill: false,
  declared: true,
  startedAt: at,
  alert: null,
};
const suggest: IncidentCommand = { ...declare, declared: false };
const dismiss: IncidentCommand = { at, actor, type: 'DismissSuggestion' };
const merge: IncidentCommand & { type: 'Merge' } = {
  at,
  actor,
  type: 'Merge',
  into: 'inc-2',
  channel: null,
};
const resolve: IncidentCommand = { at, actor, type: 'Resolve', cause: 'c', followUps: [] };

function after(...commands: readonly IncidentCommand[]): Stream {
  const given = give(emptyStream('s'), ...commands);
  if (given.refused !== null) throw new Error(given.refused);
  return given.stream;
}

export const incidentStates: Readonly<Record<Incident['status'] | 'none', Stream>> = {
  none: emptyStream('s'),
  suggested: after(suggest),
  dismissed: after(suggest, dismiss),
  open: after(declare),
  resolved: after(declare, resolve),
  merged: after(declare, merge),
};

function theIncident({ incident }: Stream): Incident {
  if (incident === null) throw new Error('there is no incident');
  return incident;
}

export const incidentCommands: {
  readonly [Type in IncidentCommand['type']]: IncidentCommand & { type: Type };
} = {
  Declare: { ...declare, at: later },
  TakeSuggestion: { at: later, actor, type: 'TakeSuggestion' },
  DismissSuggestion: { at: later, actor, type: 'DismissSuggestion' },
  ReportChannel: { at: later, actor, type: 'ReportChannel', channel: 'C1', name: 'inc' },
  NoteProblem: { at: later, actor, type: 'NoteProblem', key: 'chat', message: 'm' },
  SolveProblem: { at: later, actor, type: 'SolveProblem', key: 'chat' },
  ReportAlert: { at: later, actor, type: 'ReportAlert', group: 'g', status: 'firing', alerts: [] },
  AddNote: { at: later, actor, type: 'AddNote', text: 't', happenedAt: at, source: null },
  BringFindings: {
    at: later,
    actor,
    type: 'BringFindings',
    from: { run: 'run-1', runbook: 'monitor', title: 'Monitor', revision: 'd' },
    findings: [{ title: 'Gateway', verdict: 'fail', finding: 'refused', at }],
  },
  ChangeNote: { at: later, actor, type: 'ChangeNote', message: '1.1', text: 't' },
  WithdrawNote: { at: later, actor, type: 'WithdrawNote', message: '1.1' },
  SetSeverity: { at: later, actor, type: 'SetSeverity', severity: 'SEV2' },
  AssignRole: { at: later, actor, type: 'AssignRole', role: 'commander', person: actor },
  GiveBackRole: { at: later, actor, type: 'GiveBackRole', role: 'commander' },
  Follow: { at: later, actor, type: 'Follow' },
  Unfollow: { at: later, actor, type: 'Unfollow' },
  Join: { at: later, actor, type: 'Join' },
  Leave: { at: later, actor, type: 'Leave', person: actor },
  Invite: { at: later, actor, type: 'Invite', people: [by('cleo').actor] },
  Remind: { at: clock(30), actor, type: 'Remind', due: clock(30) },
  Snooze: { at: later, actor, type: 'Snooze', reminder: 0, minutes: 30 },
  SetMoment: {
    at: later,
    actor,
    type: 'SetMoment',
    moment: 'mitigated',
    from: null,
    to: clock(4),
    reason: null,
  },
  ReportPicture: { at: later, actor, type: 'ReportPicture', message: '1.1', file: 0, copy: 'c' },
  ReportArchived: { at: later, actor, type: 'ReportArchived' },
  Merge: { ...merge, at: later },
  FinishMerge: { at: later, actor, type: 'FinishMerge' },
  Absorb: {
    at: later,
    actor,
    type: 'Absorb',
    other: { ...theIncident(after(declare)), id: 'inc-3' },
  },
  PostUpdate: { at: later, actor, type: 'PostUpdate', text: 't' },
  Resolve: { at: later, actor, type: 'Resolve', cause: 'c', followUps: [] },
  Reopen: { at: later, actor, type: 'Reopen', reason: null },
  Redact: { at: later, actor, type: 'Redact', entry: 1, positions: [1] },
  ExportPostMortem: { at: later, actor, type: 'ExportPostMortem' },
  ReportExport: { at: later, actor, type: 'ReportExport', outcome: { failed: 'f' } },
};
