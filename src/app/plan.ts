import { bot } from '#domain/ids.ts';
import type { RunEffect } from '#domain/run/effects.ts';
import type { Stream } from '#domain/stream/stream.ts';

import type { App } from './app.ts';
import { execute } from './execute.ts';
import { writeRequest } from './run-request.ts';
import { planWrite } from './writes/plan-write.ts';

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
  const record = await planWrite(app, writeRequest(run, effect), signal);
  const at = app.clock.now().toISOString();
  const { step, visit, preview } = effect;
  await execute(app, stream.id, () => [
    { type: 'ReportPlan', at, actor: bot, run: run.id, step, visit, preview, plan: record },
  ]);
}
