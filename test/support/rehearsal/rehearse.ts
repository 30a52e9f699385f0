import { recommendedOptions } from '#domain/run/recommend.ts';
import type { Run } from '#domain/run/state.ts';
import type { Runbook, RunbookDocument } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import { decide, type Command } from '#domain/stream/decide.ts';
import { dueEffects, type Effect } from '#domain/stream/effects.ts';
import { emptyStream, evolve, type Stream, type StreamEvent } from '#domain/stream/stream.ts';

import { answerEffect, placeOf } from './answer-effect.ts';
import { unmetExpectations } from './expectations.ts';
import { createMocks, type Mocks } from './mocks.ts';
import { canAct, commandOf, delayOf, groupsOf, runOfAct } from './people.ts';
import type { Act, Failure, RehearsalCase } from './rehearsal-case.ts';
import { withStandIns } from './stand-in.ts';

/**
 * Plays a runbook on the product's own state machine in virtual time: mocks answer its effects,
 * scripted people act as soon as they can, timers fire when nothing else is left to do. Pure: the
 * same case is the same rehearsal.
 */

export const rehearsalStart = '2026-11-24T10:00:00.000Z';
export const rehearsedRun = 'run';
const alert = { kind: 'alert', id: 'rehearsal', name: 'Rehearsal' } as const;
const mostTurns = 5_000;

export type Rehearsal = {
  run: Run;
  stream: Stream;
  events: readonly StreamEvent[];
  elapsedMs: number;
  failures: readonly Failure[];
};

/** What a rehearsal has come to; `acts` are those still to be done. */
type Scene = {
  stream: Stream;
  events: StreamEvent[];
  now: string;
  acts: readonly Act[];
  /** Since when the next act could have been done. */
  possibleSince: string | null;
  mocks: Mocks;
  failures: Failure[];
  recommended: Record<string, readonly string[]>;
};

type Given = {
  runbook: Runbook;
  settings: Settings;
  called?: Readonly<Record<string, RunbookDocument>>;
};

export function rehearse(given: Given, one: RehearsalCase): Rehearsal {
  const { settings } = given;
  const scene = opening(given, one);
  for (let turns = 0; scene.failures.length === 0; turns += 1) {
    if (turns === mostTurns) fail(scene, 'The runbook does not come to an end.');
    else if (!takeTurn(scene, settings, one)) break;
  }
  const run = scene.stream.runs[rehearsedRun];
  if (run === undefined) throw new Error(JSON.stringify(scene.failures));

  for (const left of scene.acts) fail(scene, `${said(left)} could not be done.`);
  const { stream, events, now, recommended } = scene;
  const elapsedMs = Date.parse(now) - Date.parse(rehearsalStart);
  const unmet = unmetExpectations(one.expect ?? {}, { run, events, recommended, elapsedMs });
  return { run, stream, events, elapsedMs, failures: [...scene.failures, ...unmet] };
}

function opening({ runbook, settings, called = {} }: Given, one: RehearsalCase): Scene {
  const staged = withStandIns(runbook, one.mocks);
  const scene: Scene = {
    stream: emptyStream('rehearsal'),
    events: [],
    now: rehearsalStart,
    acts: one.people ?? [],
    possibleSince: null,
    mocks: createMocks(one.mocks),
    failures: [],
    recommended: {},
  };
  const common = { at: rehearsalStart, actor: alert };
  tell(scene, settings, {
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
  tell(scene, settings, { ...common, type: 'ReportChannel', channel: 'C1', name: 'rehearsal' });
  tell(scene, settings, {
    ...common,
    type: 'StartRun',
    run: rehearsedRun,
    document: { runbook: staged.runbook, digest: '', file: '', commit: null },
    called: { ...called, ...staged.called },
    inputs: one.inputs ?? {},
    mode: one.mode ?? 'live',
    alert: null,
    waits: false,
  });
  return scene;
}

/** Previews, then people, then the rest of what is due, then time; false when only people could go on. */
function takeTurn(scene: Scene, settings: Settings, one: RehearsalCase): boolean {
  const effects = dueEffects(scene.stream);
  const due = effects.filter((effect) => timeOf(effect, scene.now) <= scene.now);
  const preview = due.find((effect) => effect.type === 'Plan' && effect.preview);
  if (preview) return answer(scene, settings, preview);
  noteRecommended(scene);

  const actAt = timeOfAct(scene, due);
  if (actAt !== null && actAt <= scene.now) return act(scene, settings, one);
  const next = due[0];
  if (next) return answer(scene, settings, next);

  const times = effects.map((effect) => timeOf(effect, scene.now)).toSorted();
  const goesOn = actAt !== null || effects.some((effect) => !isIdle(effect));
  const [soonest] = [...times, ...(actAt === null ? [] : [actAt])].toSorted();
  if (!goesOn || soonest === undefined) return false;
  scene.now = soonest;
  return true;
}

/** What goes on for as long as nobody acts, and changes nothing by itself. */
function isIdle(effect: Effect): boolean {
  if (effect.type === 'Plan') return effect.preview;
  if (effect.type !== 'Wake') return false;
  return effect.command.type === 'Escalate' || effect.command.type === 'ExpirePlan';
}

function timeOf(effect: Effect, now: string): string {
  return 'runAt' in effect ? effect.runAt : now;
}

function answer(scene: Scene, settings: Settings, effect: Effect): boolean {
  if (effect.type === 'OpenChannel') return false;
  const run = scene.stream.runs[effect.run];
  if (run === undefined) return false;
  const commands = answerEffect(effect, { run, mocks: scene.mocks, now: scene.now });
  if (commands === null) {
    const place = placeOf(run, 'path' in effect ? effect.path : effect.step);
    fail(scene, `${place} was reached and has no mock.`);
    return false;
  }
  for (const command of commands) tell(scene, settings, command);
  return true;
}

/** When the next act is done: now or later; null while it can't be done yet. */
function timeOfAct(scene: Scene, due: readonly Effect[]): string | null {
  const [next] = scene.acts;
  const found = next && runOfAct(scene.stream, next);
  if (!next || !found) return null;
  const busy = new Set(due.flatMap((effect) => ('step' in effect ? [effect.step] : [])));
  if (!canAct(found.run, found.step, next, busy)) return null;
  scene.possibleSince ??= scene.now;
  return new Date(Date.parse(scene.possibleSince) + delayOf(next)).toISOString();
}

function act(scene: Scene, settings: Settings, one: RehearsalCase): boolean {
  const [next, ...others] = scene.acts;
  const found = next && runOfAct(scene.stream, next);
  if (!next || !found) return false;
  scene.acts = others;
  scene.possibleSince = null;
  const groups = groupsOf(one, settings, next.user);
  const command = commandOf(next, { ...found, at: scene.now, groups });
  const decision = decide(command, scene.stream, settings);
  if (decision.accepted) {
    if (next.expect === 'refused') fail(scene, `${said(next)} was accepted.`, 'refused');
    take(scene, decision.events);
  } else if (next.expect !== 'refused') {
    fail(scene, `${said(next)} was refused: ${decision.rejection.message}`, 'accepted');
  }
  return true;
}

function noteRecommended(scene: Scene): void {
  const { incident, runs } = scene.stream;
  const run = runs[rehearsedRun];
  for (const visit of Object.values(run?.steps ?? {})) {
    if (run === undefined || visit.wait === null || visit.write !== null) continue;
    scene.recommended[visit.step] = recommendedOptions(run, incident, visit.step, scene.now);
  }
}

function tell(scene: Scene, settings: Settings, command: Command): void {
  const decision = decide(command, scene.stream, settings);
  if (decision.accepted) take(scene, decision.events);
  else fail(scene, `${command.type} was refused: ${decision.rejection.message}`);
}

function take(scene: Scene, events: readonly StreamEvent[]): void {
  scene.events.push(...events);
  scene.stream = events.reduce(evolve, scene.stream);
}

function fail(scene: Scene, message: string, expected = 'no problem'): void {
  scene.failures.push({ expected, actual: message, message });
}

function said({ user, step, expect: _expect, after: _after, ...verbs }: Act): string {
  return `${user} at ${step}: ${JSON.stringify(verbs)}`;
}
