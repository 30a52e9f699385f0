import { array, constantFrom, nat, record, type Arbitrary } from 'fast-check';

import { person } from '#domain/rehearsal/people.ts';
import type { RunCommand } from '#domain/run/commands.ts';
import type { RunEffect } from '#domain/run/effects.ts';
import type { MeasurementRecord } from '#domain/run/events.ts';
import type { Run } from '#domain/run/state.ts';
import { decide, type Command } from '#domain/stream/decide.ts';
import { dueEffects } from '#domain/stream/effects.ts';
import { emptyStream, evolve, type Stream, type StreamEvent } from '#domain/stream/stream.ts';
import { byBot, clock } from '#test/support/give.ts';
import { documentOf, runbookOf, settings } from '#test/support/runbooks.ts';

/** Random stories of one incident: effects are answered somehow, and people do anything at any time. */

const rate = "uses: check.metric, with: {query: up}, pass: '< 3%'";
const runbook = runbookOf(`  - {id: a, title: A, ${rate}}
  - id: group
    title: Group
    uses: parallel
    steps:
      - {id: one, ${rate}}
      - {id: two, ${rate}, if: 'steps.one.verdict == "pass"'}
  - id: decide
    title: Decide
    uses: choose
    with: {question: Q, options: {back: {label: Back, next: rollback}, ask: {label: Ask, next: form}, call: {label: Call, next: smoke}}}
  - {id: rollback, title: Roll back, uses: deploys.rollback, approval: {required: 2}}
  - {id: b, title: B, repeat: a, watch: {every: 10s, hold: 20s, giveUpAfter: 1m}, next: {fail: decide}}
  - {id: form, title: Form, uses: form, with: {question: Q, fields: {n: {type: integer}}}, timeout: 30m}
  - {id: smoke, title: Smoke, uses: runbook, with: {id: child}, next: {fail: decide}}
  - {id: flag, title: Flag, uses: flags.set, with: {flag: f, value: true}}
  - {id: resolve, title: Resolve, uses: incident.resolve, with: {cause: c}}`);
const child = runbookOf(
  `  - {id: a, title: A, ${rate}}
  - {id: go, title: Go, uses: manual, with: {instructions: Go}}
  - {id: rollback, title: Roll back, uses: deploys.rollback}`,
  'id: child',
);
const steps = runbook.steps.map((step) => step.id);

/** Numbers that a turn of the story draws its details from. */
export type Beat = { kind: string; n: number; user: string; pause: number };

export const beats: Arbitrary<Beat[]> = array(
  record({
    kind: constantFrom(
      'effect',
      'effect',
      'effect',
      'effect',
      'approve',
      'approve',
      'choose',
      'act',
      'steer',
    ),
    n: nat(1_000),
    user: constantFrom('ana', 'ben', 'cat'),
    pause: constantFrom(0, 0, 1, 15, 400, 1_000),
  }),
  { minLength: 40, maxLength: 90, size: 'max' },
);

export type Story = {
  stream: Stream;
  events: readonly StreamEvent[];
};

/** Tells a story; `each` looks at what every accepted command has led to. */
export function tell(given: readonly Beat[], each: (stream: Stream) => void = () => {}): Story {
  let stream = emptyStream('story');
  const events: StreamEvent[] = [];
  let seconds = 0;
  const take = (command: Command) => {
    const decision = decide(command, stream, settings);
    if (!decision.accepted) return;
    events.push(...decision.events);
    stream = decision.events.reduce(evolve, stream);
    each(stream);
  };
  for (const command of beginning) take(command);
  for (const beat of given) {
    seconds += beat.pause;
    const command = commandOf(beat, stream, clock(0, seconds));
    if (command) take(command);
  }
  return { stream, events };
}

const beginning: readonly Command[] = [
  {
    at: clock(0),
    actor: person('ana'),
    type: 'Declare',
    incident: 'inc',
    title: 'T',
    severity: 'SEV1',
    service: 'checkout',
    environment: 'production',
    drill: false,
    declared: true,
    startedAt: clock(0),
    alert: null,
  },
  {
    ...byBot(),
    type: 'StartRun',
    document: documentOf(runbook),
    called: { child: documentOf(child) },
    inputs: {},
    mode: 'live',
    alert: null,
    waits: false,
  },
];

function commandOf(beat: Beat, stream: Stream, at: string): Command | undefined {
  const runs = Object.values(stream.runs);
  const run = pick(runs, beat.n);
  if (beat.kind === 'effect' || run === undefined) {
    const due = dueEffects(stream).filter((one) => !('runAt' in one) || one.runAt <= at);
    const effect = pick(due, beat.n);
    return effect && 'run' in effect ? answerTo(effect, Math.floor(beat.n / 10), at) : undefined;
  }
  const active = Object.values(run.steps).filter((visit) => visit.finished === null);
  const step = pick(active, beat.n)?.step ?? pick(steps, beat.n) ?? '';
  return pick(actsOf(run, step, beat, at)[beat.kind] ?? [], Math.floor(beat.n / 10));
}

function actsOf(
  run: Run,
  step: string,
  { user, n }: Beat,
  at: string,
): Readonly<Record<string, readonly RunCommand[]>> {
  const common = { at, actor: person(user), run: run.id };
  const visit = run.steps[step];
  const here = { ...common, step, visit: visit?.visit ?? 1 };
  const write = visit?.write ?? null;
  const hash = write === null || write.phase === 'planning' ? 'h' : write.plan.hash;
  const groups = user === 'cat' ? [] : ['payments-oncall', 'incident-commanders'];
  const anywhere = pick(steps, n) ?? '';
  const attempt = write?.phase === 'acting' ? write.attempt + 1 : 1;
  return {
    approve: [{ ...here, type: 'Approve', hash, groups }],
    choose: [{ ...here, type: 'Choose', option: n % 2 ? 'back' : 'call', reason: 'r' }],
    act: [
      { ...here, type: 'Answer', values: { n: 1 } },
      { ...here, type: 'MarkDone', note: null },
      { ...here, type: 'Confirm', confirmed: n % 3 > 0, cause: null },
      { ...here, type: 'Reject', hash, groups, reason: null },
      { ...here, type: 'BreakGlass', hash, groups, reason: 'r' },
      { ...here, type: 'BeginWrite', attempt, sendBy: at },
    ],
    steer: [
      { ...here, type: 'Skip', reason: 'r' },
      { ...here, type: 'ByHand', note: null },
      { ...here, type: 'TimeOut' },
      { ...common, type: 'Rerun', step: anywhere },
      { ...common, type: 'GoTo', step: anywhere, reason: null },
      { ...common, type: 'Retry', step },
      ...(n > 900 ? [{ ...common, type: 'Stop', reason: 'r' } as const] : []),
    ],
  };
}

function answerTo(effect: RunEffect, n: number, at: string): RunCommand | undefined {
  const { run, step, visit } = effect;
  const here = { ...byBot(at), run, step, visit };
  switch (effect.type) {
    case 'Wake':
      return { ...effect.command, at };
    case 'Measure': {
      const { path, sample, attempt } = effect;
      const measurement = pick(measurements, n) ?? measurements[0];
      return { ...here, type: 'ReportMeasurement', path, sample, attempt, measurement };
    }
    case 'Observe': {
      const { moment } = effect;
      const points: [number, number | null][] = [
        [0, 0.1],
        [1, n % 3 === 0 ? null : 0.5],
      ];
      const series = { kind: 'observed', metric: 'm', from: at, to: at, points } as const;
      return { ...here, type: 'ReportSeries', moment, series };
    }
    case 'Plan': {
      const hash = `h${n % 3}`;
      const migrations = n % 5 === 0 ? ['db/1.sql'] : [];
      const plan = { kind: 'plan' as const, plan: { to: hash }, hash, migrations };
      return { ...here, type: 'ReportPlan', preview: effect.preview, plan };
    }
    case 'Write': {
      if (n % 2 === 0) return { ...here, type: 'BeginWrite', attempt: 1, sendBy: at };
      const outcome = pick(['succeeded', 'failed', 'unknown', 'changed', 'notNeeded'] as const, n);
      return {
        ...here,
        type: 'ReportWrite',
        key: effect.key,
        outcome: outcome ?? 'unknown',
        message: '',
        result: {},
      };
    }
    case 'DeclareIncident':
      return { ...here, type: 'ReportDeclared', incident: 'inc', message: 'm' };
    default:
      return effect satisfies never;
  }
}

const measurements = [
  { kind: 'measured', result: { value: 0 }, summary: '' },
  { kind: 'measured', result: { value: 1 }, summary: '' },
  { kind: 'measured', result: { value: null }, summary: '' },
  { kind: 'unavailable', message: 'm', retry: true },
  { kind: 'unreachable', code: 'ECONNREFUSED', message: 'm', result: {} },
] as const satisfies readonly MeasurementRecord[];

function pick<T>(from: readonly T[], n: number): T | undefined {
  return from[n % Math.max(1, from.length)];
}
