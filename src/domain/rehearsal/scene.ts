import type { Json } from '#domain/json.ts';
import type { Run } from '#domain/run/state.ts';
import type { Runbook, RunbookDocument } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import { decide, type Command } from '#domain/stream/decide.ts';
import { emptyStream, type Stream, type StreamEvent } from '#domain/stream/stream.ts';
import type { Decision } from '#domain/stream/turn.ts';

import { createMocks, type Mocks } from './mocks.ts';
import type { Failure, RehearsalCase } from './rehearsal-case.ts';
import { withStandIns } from './stand-in.ts';

export const rehearsalStart = '2026-11-24T10:00:00.000Z';
export const rehearsedRun = 'run';
const alert = { kind: 'alert', id: 'rehearsal', name: 'Rehearsal' } as const;

/** What is rehearsed: a runbook under its settings, with those it calls. */
export type Rehearsed = {
  runbook: Runbook;
  settings: Settings;
  called?: Readonly<Record<string, RunbookDocument>>;
};

/** What a rehearsal has come to. */
export type Scene = {
  readonly settings: Settings;
  readonly played: RehearsalCase;
  readonly mocks: Mocks;
  readonly events: StreamEvent[];
  readonly failures: Failure[];
  /** By the steps that ask, what they recommended last. */
  readonly recommended: Record<string, readonly string[]>;
  stream: Stream;
  now: string;
  /** How many of the acts have been done. */
  acts: number;
  /** Since when the next act could have been done. */
  possibleSince: string | null;
};

/** An open incident in which an alert has started the runbook. */
export function openScene(
  { runbook, settings, called = {} }: Rehearsed,
  one: RehearsalCase,
): Scene {
  const cast = withStandIns({ runbook, called }, one.mocks);
  const scene: Scene = {
    settings,
    played: one,
    mocks: createMocks(one.mocks),
    events: [],
    failures: [],
    recommended: {},
    stream: emptyStream('rehearsal'),
    now: rehearsalStart,
    acts: 0,
    possibleSince: null,
  };
  const common = { at: rehearsalStart, actor: alert };
  tell(scene, {
    ...common,
    type: 'Declare',
    incident: 'inc-rehearsed',
    title: runbook.title,
    severity: Object.keys(settings.incident.severities)[0] ?? '',
    service: runbook.service,
    environment: null,
    drill: one.mode === 'drill',
    declared: true,
    startedAt: rehearsalStart,
    alert: null,
  });
  tell(scene, { ...common, type: 'ReportChannel', channel: 'C1', name: 'rehearsal' });
  tell(scene, {
    ...common,
    type: 'StartRun',
    run: rehearsedRun,
    document: { runbook: cast.runbook, digest: '', file: '', commit: null },
    called: cast.called,
    inputs: { ...settings.inputs[runbook.id], ...one.inputs },
    mode: one.mode ?? 'live',
    alert: null,
    waits: false,
  });
  return scene;
}

/** The run that is rehearsed. One that could not start is a mistake that `checkTest` finds beforehand. */
export function runOf({ stream, failures }: Scene): Run {
  const run = stream.runs[rehearsedRun];
  if (run === undefined) throw new Error(`not started: ${failures[0]?.message ?? ''}`);
  return run;
}

export function tell(scene: Scene, command: Command): void {
  const decision = decide(command, scene.stream, scene.settings);
  if (decision.accepted) take(scene, decision);
  else fail(scene, [], `${command.type} was refused: ${decision.rejection.message}`);
}

export function take(
  scene: Scene,
  { events, stream }: Extract<Decision, { accepted: true }>,
): void {
  scene.events.push(...events);
  scene.stream = stream;
}

export function fail(
  scene: Scene,
  at: Failure['at'],
  message: string,
  { expected, actual }: { expected: Json; actual: Json } = { expected: null, actual: message },
): void {
  scene.failures.push({ at, expected, actual, message });
}
