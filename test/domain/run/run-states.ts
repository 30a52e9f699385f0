import type { RunCommand } from '#domain/run/commands.ts';
import type { PlanRecord } from '#domain/run/events.ts';
import type { WriteState } from '#domain/run/state.ts';
import type { Command } from '#domain/stream/decide.ts';
import { emptyStream, type Stream } from '#domain/stream/stream.ts';
import { by, byBot, clock, give } from '#test/support/give.ts';
import { documentOf, runbookOf } from '#test/support/runbooks.ts';

/** One run for each status that a run can be in, always at its step `s`, and each command to it. */

/** `planned` is gone before a decision ends: it becomes an approval, a refusal or the end of a dry run. */
export type RunState =
  | Exclude<WriteState['phase'], 'planned'>
  | 'start'
  | 'checking'
  | 'choosing'
  | 'answering'
  | 'working'
  | 'confirming'
  | 'declaring'
  | 'asking'
  | 'ended';

export const declared: Command = {
  at: clock(0),
  actor: by('ana').actor,
  type: 'Declare',
  incident: 'inc',
  title: 'T',
  severity: 'SEV1',
  service: null,
  environment: null,
  drill: false,
  declared: true,
  startedAt: clock(0),
  alert: null,
};

const manual = 'uses: manual, with: {instructions: Go}';
const rollback = 'uses: deploys.rollback';
const here = { step: 's', visit: 1 };
const groups = ['payments-oncall', 'incident-commanders'];
const plan: PlanRecord = { kind: 'plan', plan: { to: '1' }, hash: 'h', migrations: [] };

const planned = { ...byBot(), ...here, type: 'ReportPlan', preview: false, plan } as const;
const approved = { ...by('ben'), ...here, type: 'Approve', hash: 'h', groups } as const;
const begun = {
  ...byBot(),
  ...here,
  type: 'BeginWrite',
  attempt: 1,
  sendBy: clock(1),
} as const;
const failed = {
  ...byBot(),
  ...here,
  type: 'ReportWrite',
  key: 'run/s/1',
  outcome: 'failed',
  message: 'm',
  result: {},
} as const;

export const runStates: Readonly<Record<RunState, Stream>> = {
  start: at(manual, { waits: true }),
  checking: at('uses: check.metric, with: {query: up}, pass: "< 3%"'),
  choosing: at('uses: choose, with: {question: Q, options: {a: {label: A, next: end}}}'),
  answering: at('uses: form, with: {question: Q, fields: {n: {type: integer}}}'),
  working: at(manual),
  confirming: at('uses: incident.resolve, with: {cause: c}'),
  declaring: at('uses: incident.declare, with: {title: T}', { incident: false }),
  planning: at(rollback),
  approving: at(rollback, {}, planned),
  approved: at(rollback, {}, planned, approved),
  acting: at(rollback, {}, planned, approved, begun),
  asking: at(rollback, {}, planned, approved, begun, failed),
  ended: at(manual, {}, { ...by('ana'), type: 'Stop', reason: 'r' }),
};

const later = clock(16);
const measurement = { kind: 'measured', result: { value: 0 }, summary: '' } as const;

/** Each command as it would be right for step `s`, at a time when its timers are due. */
export const runCommands: { readonly [Type in RunCommand['type']]: RunCommand & { type: Type } } = {
  StartRun: { ...started(manual, false), at: later },
  Begin: { ...by('ana', later), type: 'Begin' },
  ReportMeasurement: {
    ...byBot(later),
    ...here,
    type: 'ReportMeasurement',
    path: 's',
    sample: 1,
    attempt: 1,
    measurement,
  },
  ReportSeries: {
    ...byBot(later),
    ...here,
    type: 'ReportSeries',
    moment: 'm',
    series: { kind: 'unavailable', message: 'm' },
  },
  ReportPlan: { ...planned, at: later },
  BeginWrite: { ...begun, at: clock(2), sendBy: clock(3) },
  ReportProgress: { ...byBot(later), ...here, type: 'ReportProgress', attempt: 1, message: 'm' },
  ReportWrite: { ...failed, at: later },
  ReportDeclared: {
    ...byBot(later),
    ...here,
    type: 'ReportDeclared',
    incident: 'inc',
    message: 'm',
  },
  Choose: { ...by('ana', later), ...here, type: 'Choose', option: 'a', reason: null },
  Answer: { ...by('ana', later), ...here, type: 'Answer', values: { n: 1 } },
  MarkDone: { ...by('ana', later), ...here, type: 'MarkDone', note: null },
  Confirm: { ...by('ana', later), ...here, type: 'Confirm', confirmed: true, cause: null },
  Approve: { ...approved, at: clock(2) },
  Reject: { ...by('ben', later), ...here, type: 'Reject', hash: 'h', groups, reason: null },
  BreakGlass: {
    ...by('ben', clock(2)),
    ...here,
    type: 'BreakGlass',
    hash: 'h',
    groups,
    reason: 'r',
  },
  ByHand: { ...by('ana', later), ...here, type: 'ByHand', note: null },
  Skip: { ...by('ana', later), ...here, type: 'Skip', reason: 'r' },
  Rerun: { ...by('ana', later), type: 'Rerun', step: 's' },
  GoTo: { ...by('ana', later), type: 'GoTo', step: 's', reason: null },
  Retry: { ...by('ana', later), type: 'Retry', step: 's' },
  Stop: { ...by('ana', later), type: 'Stop', reason: 'r' },
  Escalate: { ...byBot(later), type: 'Escalate', step: 's', since: clock(0), rung: 0 },
  TimeOut: { ...byBot(later), ...here, type: 'TimeOut' },
  ExpirePlan: { ...byBot(later), ...here, type: 'ExpirePlan', hash: 'h' },
};

function at(
  step: string,
  { waits = false, incident = true }: { waits?: boolean; incident?: boolean } = {},
  ...then: readonly Command[]
): Stream {
  const first = incident ? [declared] : [];
  const given = give(emptyStream('s'), ...first, started(step, waits), ...then);
  if (given.refused !== null) throw new Error(`${step}: ${given.refused}`);
  return given.stream;
}

function started(step: string, waits: boolean): RunCommand & { type: 'StartRun' } {
  return {
    ...by('ana'),
    type: 'StartRun',
    document: documentOf(runbookOf(`  - {id: s, title: S, ${step}}`)),
    called: {},
    inputs: {},
    mode: 'live',
    alert: null,
    waits,
  };
}
