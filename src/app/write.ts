import { bot } from '#domain/ids.ts';
import type { JsonObject } from '#domain/json.ts';
import type { WriteOutcome } from '#domain/run/commands.ts';
import type { RunEffect } from '#domain/run/effects.ts';
import type { Run, WriteState } from '#domain/run/state.ts';
import type { RollbackOperation, Target } from '#ports/deploys.ts';
import { PortError } from '#ports/port-error.ts';

import type { App } from './app.ts';
import { execute } from './execute.ts';
import { load } from './load.ts';
import { currentPlan, targetOf } from './plan.ts';

type WriteEffect = Extract<RunEffect, { type: 'Write' }>;
type Acting = Extract<WriteState, { phase: 'acting' }>;

/** An attempt sends within this time or not at all. */
const sendWithinMs = 10_000;
/** Added before an attempt is taken for never sent: clocks differ, and requests travel. */
const marginMs = 2_000;
const followEveryMs = 500;

/**
 * Does an approved write, once.
 *
 * The fence is in the stream: only the attempt whose `WriteStarted` got in may send. Any other finder
 * of a begun write asks the provider by its key, and only when the time to send is over and nothing
 * is known there does it begin another attempt, through the same fence. What can't be known by the
 * end is `unknown`, and a person is asked.
 */
export async function write(
  app: App,
  streamId: string,
  effect: WriteEffect,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const found = await find(app, streamId, effect);
    if (found === null) return;
    const { run, state } = found;
    if (state.phase === 'approved') {
      if (!(await begin(app, streamId, effect, 1))) continue;
      const acting = await find(app, streamId, effect);
      if (acting?.state.phase !== 'acting') return;
      return send(app, streamId, effect, acting.run, acting.state, signal);
    }
    if (state.phase !== 'acting') return;
    const target = targetOf(app, run, writeInputs(state));
    const known = await lookUp(app, target, state, signal);
    if (known !== 'none') {
      return known === 'unknown'
        ? report(
            app,
            streamId,
            effect,
            'unknown',
            'It can not be told whether the rollback was started.',
            {},
          )
        : follow(app, streamId, effect, target, known, state, signal);
    }
    if (!(await begin(app, streamId, effect, state.attempt + 1))) continue;
    const acting = await find(app, streamId, effect);
    if (acting?.state.phase !== 'acting') return;
    return send(app, streamId, effect, acting.run, acting.state, signal);
  }
}

/** The write as the stream has it now, or null when it is over. */
async function find(app: App, streamId: string, effect: WriteEffect) {
  const { stream } = await load(app, streamId);
  const run = stream.runs[effect.run];
  const visit = run?.steps[effect.step];
  if (!run || visit?.visit !== effect.visit || visit.finished || !visit.write) return null;
  return { run, state: visit.write };
}

/** True when this attempt is ours: its event is in the stream and no other's. */
async function begin(
  app: App,
  streamId: string,
  effect: WriteEffect,
  attempt: number,
): Promise<boolean> {
  const now = app.clock.now();
  const executed = await execute(app, streamId, () => [
    {
      type: 'BeginWrite',
      at: now.toISOString(),
      actor: bot,
      run: effect.run,
      step: effect.step,
      visit: effect.visit,
      attempt,
      sendBy: new Date(now.getTime() + sendWithinMs).toISOString(),
    },
  ]);
  return executed.kind === 'done' && executed.events.length > 0;
}

/** Reads the live state once more, sends, and follows what was started to its end. */
async function send(
  app: App,
  streamId: string,
  effect: WriteEffect,
  run: Run,
  state: Acting,
  signal: AbortSignal,
): Promise<void> {
  const target = targetOf(app, run, writeInputs(state));
  const before = AbortSignal.any([signal, deadline(app, state.sendBy)]);
  try {
    const { from, to } = endsOf(state);
    const live = await currentPlan(
      app,
      run,
      { ...writeInputs(state), from: from.id, to: to.id },
      before,
    );
    if (live.kind === 'notNeeded') {
      return await report(app, streamId, effect, 'notNeeded', live.message, {});
    }
    if (live.kind !== 'plan') {
      return await report(app, streamId, effect, 'changed', live.message, {});
    }

    const started = await app.deploys.startRollback(
      target,
      { from: from.id, to: to.id, key: state.key, reason: `Handrail run ${run.id}` },
      before,
    );
    switch (started.kind) {
      case 'accepted':
        return await follow(app, streamId, effect, target, started.operation, state, signal);
      case 'changed':
        return await report(app, streamId, effect, 'changed', `${started.current} runs now.`, {});
      case 'refused':
        return await report(app, streamId, effect, 'failed', started.message, {});
      default:
        return started satisfies never;
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof PortError) && !before.aborted) throw error;
    if (error instanceof PortError && !error.retry) {
      return report(app, streamId, effect, 'failed', error.message, {});
    }
    app.log.warn({ error, run: run.id, key: state.key }, 'the answer to a write was lost');
    const known = await lookUp(app, target, state, signal);
    // Not there: it was never sent. The next turn of the job begins another attempt.
    if (known === 'none') return write(app, streamId, effect, signal);
    if (known !== 'unknown') return follow(app, streamId, effect, target, known, state, signal);
    const message = 'The deploy API took the request and gave no answer; look at it by hand.';
    return report(app, streamId, effect, 'unknown', message, {});
  }
}

/**
 * What the provider knows under the key. `none` only after the time to send is over: until then a
 * request may still be on its way. `unknown` when it gives no answer until the write's own end.
 */
async function lookUp(
  app: App,
  target: Target,
  state: Acting,
  signal: AbortSignal,
): Promise<RollbackOperation | 'none' | 'unknown'> {
  const sentBy = Date.parse(state.sendBy) + marginMs;
  while (app.clock.now().getTime() < Date.parse(state.giveUpAt)) {
    signal.throwIfAborted();
    try {
      const known = await app.deploys.findRollback(
        target,
        state.key,
        AbortSignal.any([signal, AbortSignal.timeout(sendWithinMs)]),
      );
      if (known !== null) return known;
      if (app.clock.now().getTime() > sentBy) return 'none';
    } catch (error) {
      signal.throwIfAborted();
      app.log.warn({ error, key: state.key }, 'the deploy API could not be asked about a write');
    }
    await pause(app, followEveryMs, signal);
  }
  return 'unknown';
}

/** Follows a rollback that was started to its end, and says how far it is. */
async function follow(
  app: App,
  streamId: string,
  effect: WriteEffect,
  target: Target,
  started: RollbackOperation,
  state: Acting,
  signal: AbortSignal,
): Promise<void> {
  const { from, to } = endsOf(state);
  let operation = started;
  for (;;) {
    const result = {
      id: operation.id,
      status: operation.status,
      from: from.build,
      to: to.build,
      url: operation.url,
    };
    if (operation.status === 'succeeded') {
      return report(
        app,
        streamId,
        effect,
        'succeeded',
        `Rolled back ${from.build} → ${to.build}`,
        result,
      );
    }
    if (operation.status === 'failed') {
      const why = operation.message ?? 'The deploy API says that it failed.';
      return report(app, streamId, effect, 'failed', why, result);
    }
    if (app.clock.now().getTime() >= Date.parse(state.giveUpAt)) {
      const message = `The rollback ${operation.id} was started and is not known to have ended.`;
      return report(app, streamId, effect, 'unknown', message, result);
    }
    await progress(app, streamId, effect, state.attempt, operation);
    await pause(app, followEveryMs, signal);
    try {
      operation = await app.deploys.readRollback(
        target,
        operation.id,
        AbortSignal.any([signal, AbortSignal.timeout(sendWithinMs)]),
      );
    } catch (error) {
      signal.throwIfAborted();
      app.log.warn({ error, operation: operation.id }, 'the progress of a write could not be read');
    }
  }
}

async function progress(
  app: App,
  streamId: string,
  effect: WriteEffect,
  attempt: number,
  operation: RollbackOperation,
): Promise<void> {
  const { run, step, visit } = effect;
  const at = app.clock.now().toISOString();
  const message = operation.message ?? `Rollback ${operation.status}`;
  await execute(app, streamId, () => [
    { type: 'ReportProgress', at, actor: bot, run, step, visit, attempt, message },
  ]);
}

async function report(
  app: App,
  streamId: string,
  effect: WriteEffect,
  outcome: WriteOutcome,
  message: string,
  result: JsonObject,
): Promise<void> {
  const { run, step, visit } = effect;
  const at = app.clock.now().toISOString();
  await execute(app, streamId, () => [
    { type: 'ReportWrite', at, actor: bot, run, step, visit, outcome, message, result },
  ]);
}

function endsOf(state: Acting) {
  const { from, to } = state.plan.plan;
  return { from: endOf(from), to: endOf(to) };
}

function endOf(value: unknown): { id: string; build: string } {
  if (typeof value !== 'object' || value === null) throw new Error('a plan without its two ends');
  return { id: '', build: '', ...value };
}

/** Service and environment as they were planned; the rest of the step's inputs is in the plan. */
function writeInputs(state: Acting): JsonObject {
  const { service, environment } = state.plan.plan;
  return {
    ...(service !== undefined && { service }),
    ...(environment !== undefined && { environment }),
  };
}

function deadline(app: App, at: string): AbortSignal {
  return AbortSignal.timeout(Math.max(0, Date.parse(at) - app.clock.now().getTime()));
}

function pause(app: App, ms: number, signal: AbortSignal): Promise<void> {
  return app.clock.pause(ms, signal);
}
