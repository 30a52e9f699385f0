import { dueRunEffects, type RunEffect } from '#domain/run/effects.ts';
import { recommendedOptions } from '#domain/run/recommend.ts';
import type { Run } from '#domain/run/state.ts';
import { decide } from '#domain/stream/decide.ts';
import type { Stream, StreamEvent } from '#domain/stream/stream.ts';

import { answerEffect } from './answer-effect.ts';
import { unmetExpectations, waitingText } from './expectations.ts';
import { canAct, commandOf, delayOf, groupsOf, runOfAct, wordsOf } from './people.ts';
import { placeInCase } from './place-in-case.ts';
import type { Act, Failure, RehearsalCase } from './rehearsal-case.ts';
import {
  fail,
  openScene,
  rehearsalStart,
  type Rehearsed,
  runOf,
  type Scene,
  take,
  tell,
} from './scene.ts';

/**
 * Plays a runbook on the product's own state machine in virtual time: mocks answer its effects,
 * scripted people act as soon as they can, timers fire when nothing else is left to do. Pure: the
 * same case is the same rehearsal.
 */

const mostTurns = 50_000;
/** A runbook that goes round measures the same things over and over without any time going by. */
const mostTurnsAtOnce = 2_000;

export type Rehearsal = {
  run: Run;
  stream: Stream;
  events: readonly StreamEvent[];
  elapsedMs: number;
  failures: readonly Failure[];
};

export function rehearse(rehearsed: Rehearsed, one: RehearsalCase): Rehearsal {
  const scene = openScene(rehearsed, one);
  playOn(scene);
  const run = runOf(scene);
  const { stream, events, now, recommended, failures } = scene;
  const elapsedMs = Date.parse(now) - Date.parse(rehearsalStart);
  const played = { run, stream, events, recommended, elapsedMs };

  // What stopped a case is its failure; what it then did not come to only follows from that.
  if (failures.length === 0) {
    blameFirstLeft(scene, run);
    failures.push(...unmetExpectations(one.expect ?? {}, played));
  }
  return { run, stream, events, elapsedMs, failures };
}

function playOn(scene: Scene): void {
  let since = { turns: 0, now: scene.now };
  for (let turns = 0; scene.failures.length === 0; turns += 1) {
    if (scene.now !== since.now) since = { turns, now: scene.now };
    if (turns >= mostTurns || turns - since.turns >= mostTurnsAtOnce) {
      fail(scene, ['name'], 'the runbook does not come to an end');
    } else if (!takeTurn(scene)) return;
  }
}

/** Acts are done in their order, so that the first that was left is what kept the others waiting. */
function blameFirstLeft(scene: Scene, run: Run): void {
  const left = nextAct(scene);
  if (left === undefined) return;
  const actual = run.end === null ? waitingText(scene.stream, run) : `the run ${run.end.status}`;
  const sides = { expected: 'done', actual };
  fail(scene, ['people', scene.acts], `${wordsOf(left)}: could not be done`, sides);
}

/** Previews, then people, then the rest of what is due, then time; false when only people could go on. */
function takeTurn(scene: Scene): boolean {
  const unmocked = unmockedWrite(scene);
  if (unmocked !== undefined) {
    failUnmocked(scene, unmocked);
    return false;
  }
  // What the incident needs by itself, such as a reminder, is no part of a runbook.
  const { runs, incident } = scene.stream;
  const effects = Object.values(runs).flatMap((run) => dueRunEffects(run, incident));
  const due = effects.filter((effect) => timeOf(effect, scene.now) <= scene.now);
  const preview = due.find((effect) => effect.type === 'Plan' && effect.preview);
  if (preview) return answer(scene, preview);
  noteRecommended(scene);

  const actAt = timeOfAct(scene, due);
  if (actAt !== null && actAt <= scene.now) return act(scene);
  const next = due[0];
  if (next) return answer(scene, next);

  const times = effects.map((effect) => timeOf(effect, scene.now)).toSorted();
  const goesOn = actAt !== null || effects.some((effect) => !isIdle(effect));
  const [soonest] = [...times, ...(actAt === null ? [] : [actAt])].toSorted();
  if (!goesOn || soonest === undefined) return false;
  scene.now = soonest;
  return true;
}

/** What goes on for as long as nobody acts, and changes nothing by itself. */
function isIdle(effect: RunEffect): boolean {
  if (effect.type === 'Plan') return effect.preview;
  if (effect.type !== 'Wake') return false;
  return effect.command.type === 'Escalate' || effect.command.type === 'ExpirePlan';
}

function timeOf(effect: RunEffect, now: string): string {
  return 'runAt' in effect ? effect.runAt : now;
}

function answer(scene: Scene, effect: RunEffect): boolean {
  const { stream } = scene;
  const run = stream.runs[effect.run];
  if (run === undefined) return false;
  const commands = answerEffect(effect, { ...scene, run });
  if (commands === null) {
    failUnmocked(scene, placeInCase(stream, run, 'path' in effect ? effect.path : effect.step));
    return false;
  }
  for (const command of commands) tell(scene, command);
  return true;
}

/** A write whose plan came with a choice asks nothing of its mock until it is approved. */
function unmockedWrite({ stream, mocks }: Scene): string | undefined {
  return Object.values(stream.runs)
    .flatMap((run) =>
      Object.values(run.steps)
        .filter(({ write, finished }) => write !== null && finished === null)
        .map(({ step }) => placeInCase(stream, run, step)),
    )
    .find((place) => mocks.peek(place) === null);
}

function failUnmocked(scene: Scene, place: string): void {
  const at = scene.played.mocks === undefined ? ['name'] : ['mocks'];
  const sides = { expected: `a mock of ${place}`, actual: 'none' };
  fail(scene, at, `${place} was reached and has no mock`, sides);
}

function nextAct({ played, acts }: Scene): Act | undefined {
  return played.people?.[acts];
}

/** When the next act is done: now or later; null while it can't be done yet. */
function timeOfAct(scene: Scene, due: readonly RunEffect[]): string | null {
  const next = nextAct(scene);
  const found = next && runOfAct(scene.stream, next);
  if (!next || !found) return null;
  if (!canAct(found.run, found.step, next, isBusy(due, found))) return null;
  scene.possibleSince ??= scene.now;
  return new Date(Date.parse(scene.possibleSince) + delayOf(next)).toISOString();
}

/** Whether the step has something to do right now, be it in the runbook that it has called. */
function isBusy(due: readonly RunEffect[], { run, step }: { run: Run; step: string }): boolean {
  return due.some(
    (effect) =>
      'run' in effect &&
      ((effect.run === run.id && effect.step === step) ||
        effect.run.startsWith(`${run.id}.${step}.`)),
  );
}

function act(scene: Scene): boolean {
  const next = nextAct(scene);
  const found = next && runOfAct(scene.stream, next);
  if (!next || !found) return false;
  const at = ['people', scene.acts];
  scene.acts += 1;
  scene.possibleSince = null;
  const groups = groupsOf(scene.played, scene.settings, next.user);
  const command = commandOf(next, { ...found, at: scene.now, groups });
  const decision = decide(command, scene.stream, scene.settings);
  const refused = next.expect === 'refused';
  if (decision.accepted) {
    const sides = { expected: 'refused', actual: 'accepted' };
    if (refused) fail(scene, [...at, 'expect'], `${wordsOf(next)}: was accepted`, sides);
    take(scene, decision);
  } else if (!refused) {
    const { message } = decision.rejection;
    const sides = { expected: 'accepted', actual: `refused: ${message}` };
    fail(scene, at, `${wordsOf(next)}: was refused`, sides);
  }
  return true;
}

function noteRecommended(scene: Scene): void {
  const { incident, runs } = scene.stream;
  for (const run of Object.values(runs)) {
    for (const visit of Object.values(run.steps)) {
      if (visit.wait === null || visit.write !== null || visit.finished !== null) continue;
      const place = placeInCase(scene.stream, run, visit.step);
      scene.recommended[place] = recommendedOptions(run, incident, visit.step, scene.now);
    }
  }
}
