import { bot } from '#domain/ids.ts';
import { textOf, type JsonObject } from '#domain/json.ts';
import type { RunEffect } from '#domain/run/effects.ts';
import type { Run } from '#domain/run/state.ts';
import type { Stream } from '#domain/stream/stream.ts';

import type { App } from './app.ts';
import { execute } from './execute.ts';
import { planWrite } from './writes/plan-write.ts';
import type { WriteRequest } from './writes/write-kind.ts';

type PlanEffect = Extract<RunEffect, { type: 'Plan' }>;

/** Makes the plan of a write, or of the write that an option leads to, and reports it. */
export async function plan(
  app: App,
  stream: Stream,
  effect: PlanEffect,
  signal: AbortSignal,
): Promise<void> {
  const run = stream.runs[effect.run];
  if (run === undefined) return;
  const record = await planWrite(app, requestOf(run, effect), signal);
  const at = app.clock.now().toISOString();
  const { step, visit, preview } = effect;
  await execute(app, stream.id, () => [
    { type: 'ReportPlan', at, actor: bot, run: run.id, step, visit, preview, plan: record },
  ]);
}

/** What a step of a run asks for; the run fills in where. */
export function requestOf(run: Run, effect: { uses: string; with: JsonObject }): WriteRequest {
  const { uses, with: inputs } = effect;
  return {
    uses,
    with: inputs,
    service: textOf(inputs['service'], run.service),
    environment: textOf(inputs['environment'], run.environment),
    mode: run.mode,
    startedAt: run.since,
  };
}
