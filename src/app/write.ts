import { bot } from '#domain/ids.ts';
import type { JsonObject } from '#domain/json.ts';
import type { WriteOutcome } from '#domain/run/commands.ts';
import type { RunEffect } from '#domain/run/effects.ts';
import type { WriteState } from '#domain/run/state.ts';
import { PortError } from '#ports/port-error.ts';

import type { App } from './app.ts';
import { execute } from './execute.ts';
import { load } from './load.ts';
import { writeRequest } from './run-request.ts';
import { recordOf } from './writes/plan-write.ts';
import { writeKindOf } from './writes/registry.ts';
import { ended, type Sending, type Standing, type WriteKind } from './writes/write-kind.ts';

type WriteEffect = Extract<RunEffect, { type: 'Write' }>;
type Acting = Extract<WriteState, { phase: 'acting' }>;

/** One write of one visit, as an attempt of ours has it in hand. */
type Attempt = {
  app: App;
  stream: string;
  effect: WriteEffect;
  kind: WriteKind;
  state: Acting;
  sending: Sending;
};

/** An attempt sends within this time or not at all. */
const sendWithinMs = 10_000;
/** Added before an attempt is taken for never sent: clocks differ, and requests travel. */
const marginMs = 2_000;
const followEveryMs = 500;

/**
 * Does an approved write, once.
 *
 * The fence is in the stream: only the attempt whose `WriteStarted` got in may send. Any other finder
 * of a begun write asks the provider what became of it, and only when the time to send is over and
 * nothing is known there does it begin another attempt, through the same fence. What can't be known by
 * the end is `unknown`, and a person is asked.
 */
export async function write(
  app: App,
  stream: string,
  effect: WriteEffect,
  signal: AbortSignal,
): Promise<void> {
  const kind = writeKindOf(effect.uses);
  if (kind === null) throw new Error(`nothing here can do ${effect.uses}`);
  for (;;) {
    signal.throwIfAborted();
    const found = await find(app, stream, effect);
    if (found === null) return;
    const { state, sending } = found;
    if (state.phase === 'acting') {
      const attempt = { app, stream, effect, kind, state, sending };
      const standing = await lookUp(attempt, signal);
      if (standing !== null) return follow(attempt, standing, signal);
    } else if (state.phase !== 'approved') return;

    const number = state.phase === 'acting' ? state.attempt + 1 : 1;
    if (!(await begin(app, stream, effect, number))) {
      await app.clock.pause(followEveryMs, signal);
      continue;
    }
    const begun = await find(app, stream, effect);
    if (begun?.state.phase !== 'acting') return;
    const attempt = { app, stream, effect, kind, state: begun.state, sending: begun.sending };
    const standing = await send(attempt, signal);
    if (standing !== null) return follow(attempt, standing, signal);
  }
}

/** The write as the stream has it now, or null when it is over. */
async function find(app: App, streamId: string, effect: WriteEffect) {
  const { stream } = await load(app, streamId);
  const run = stream.runs[effect.run];
  const visit = run?.steps[effect.step];
  if (!run || visit?.visit !== effect.visit || visit.finished || !visit.write) return null;
  const state = visit.write;
  const sending = {
    request: writeRequest(run, { ...effect, with: effect.with ?? {} }),
    plan: 'plan' in state ? state.plan.plan : {},
    key: 'key' in state ? state.key : '',
    reason: `Handrail run ${run.id}`,
  };
  return { state, sending };
}

/** True when this attempt is ours: its event is in the stream and no other's. */
async function begin(
  app: App,
  streamId: string,
  effect: WriteEffect,
  attempt: number,
): Promise<boolean> {
  const now = app.clock.now();
  const { run, step, visit } = effect;
  const sendBy = new Date(now.getTime() + sendWithinMs).toISOString();
  const executed = await execute(app, streamId, () => [
    { type: 'BeginWrite', at: now.toISOString(), actor: bot, run, step, visit, attempt, sendBy },
  ]);
  return executed.kind === 'done' && executed.events.length > 0;
}

/**
 * Reads the live state once more and sends. Null when the answer was lost and nothing was begun: then
 * another attempt may be.
 */
async function send(attempt: Attempt, signal: AbortSignal): Promise<Standing | null> {
  const { app, kind, state, sending } = attempt;
  // Where nothing can be looked up there is no second attempt, and the answer may take its time.
  const until = kind.lookUp === null ? state.giveUpAt : state.sendBy;
  const inTime = AbortSignal.any([signal, deadline(app, until)]);
  try {
    return (await changes(attempt, inTime)) ?? (await kind.send(app, sending, inTime));
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof PortError) && !inTime.aborted) throw error;
    if (error instanceof PortError && !error.retry) return ended('failed', error.message);
    app.log.warn({ error, key: state.key }, 'the answer to a write was lost');
    return lookUp(attempt, signal);
  }
}

/** How the world has moved since the approval, if it has: then nothing is sent. */
async function changes(
  { app, effect, kind, state, sending }: Attempt,
  signal: AbortSignal,
): Promise<Standing | null> {
  if (effect.with === null) return ended('changed', 'What it rests on can no longer be told.');
  const live = recordOf(app, await kind.plan(app, sending.request, state.plan.plan, signal));
  if (live.kind === 'notNeeded') return ended('notNeeded', live.message);
  if (live.kind !== 'plan') return ended('changed', live.message);
  const same = live.hash === state.plan.hash;
  return same ? null : ended('changed', 'What it would change is no longer what was approved.');
}

/**
 * What became of the write. Null only after the time to send is over: until then a request may still
 * be on its way. Where there is no answer until the write's own end, it is unknown.
 */
async function lookUp(
  { app, kind, state, sending }: Attempt,
  signal: AbortSignal,
): Promise<Standing | null> {
  if (kind.lookUp === null) {
    return ended(
      'unknown',
      'It was sent and no answer came; whether it was done has to be looked at by hand.',
    );
  }
  const sentBy = Date.parse(state.sendBy) + marginMs;
  while (app.clock.now().getTime() < Date.parse(state.giveUpAt)) {
    signal.throwIfAborted();
    try {
      const known = await kind.lookUp(app, sending, within(app, sendWithinMs, signal));
      if (known !== null) return known;
      if (app.clock.now().getTime() > sentBy) return null;
    } catch (error) {
      signal.throwIfAborted();
      app.log.warn({ error, key: state.key }, 'it could not be asked what became of a write');
    }
    await app.clock.pause(followEveryMs, signal);
  }
  return ended('unknown', 'It can not be told whether it was done; look at it by hand.');
}

/** Follows a write that was begun to its end, and says how far it is. */
async function follow(attempt: Attempt, begun: Standing, signal: AbortSignal): Promise<void> {
  const { app, state } = attempt;
  let standing = begun;
  while (standing.kind === 'underWay') {
    const { message, result } = standing;
    if (app.clock.now().getTime() >= Date.parse(state.giveUpAt)) {
      const unknown = `It was begun and is not known to have ended. ${message}`;
      return report(attempt, {
        type: 'ReportWrite',
        key: state.key,
        outcome: 'unknown',
        message: unknown,
        result,
      });
    }
    await report(attempt, { type: 'ReportProgress', attempt: state.attempt, message });
    await app.clock.pause(followEveryMs, signal);
    try {
      standing = await standing.look(within(app, sendWithinMs, signal));
    } catch (error) {
      signal.throwIfAborted();
      app.log.warn({ error, key: state.key }, 'the progress of a write could not be read');
    }
  }
  const { outcome, message, result } = standing;
  return report(attempt, { type: 'ReportWrite', key: state.key, outcome, message, result });
}

type Said =
  | { type: 'ReportProgress'; attempt: number; message: string }
  | {
      type: 'ReportWrite';
      key: string;
      outcome: WriteOutcome;
      message: string;
      result: JsonObject;
    };

async function report({ app, stream, effect }: Attempt, said: Said): Promise<void> {
  const { run, step, visit } = effect;
  const at = app.clock.now().toISOString();
  await execute(app, stream, () => [{ ...said, at, actor: bot, run, step, visit }]);
}

function within({ clock }: App, ms: number, signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, clock.deadline(ms)]);
}

function deadline({ clock }: App, at: string): AbortSignal {
  return clock.deadline(Math.max(0, Date.parse(at) - clock.now().getTime()));
}
