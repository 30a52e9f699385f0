import { bot } from '#domain/ids.ts';
import type { RunEffect } from '#domain/run/effects.ts';
import type { SeriesRecord } from '#domain/run/events.ts';
import { troubleBeganAt } from '#domain/run/observation.ts';
import type { Run } from '#domain/run/state.ts';
import type { Stream } from '#domain/stream/stream.ts';

import type { App } from './app.ts';
import { execute } from './execute.ts';
import { measurementRequest } from './run-request.ts';

type Observe = Extract<RunEffect, { type: 'Observe' }>;

const points = 120;
const timeoutMs = 5_000;
/** Of the time before the trouble: as much as it lasts, within these. */
const shortestLeadMs = 45_000;
const longestLeadMs = 30 * 60_000;
const longestWindowMs = 6 * 60 * 60_000;

/** Reads the curve of the run's metric and reports it; without one the run goes on just the same. */
export async function observe(
  app: App,
  stream: Stream,
  effect: Observe,
  signal: AbortSignal,
): Promise<void> {
  const run = stream.runs[effect.run];
  if (run === undefined) return;
  const to = app.clock.now();
  const from = windowStart(run, to);
  const window = { from: from.toISOString(), to: to.toISOString() };
  const outcome = await app.series.read(
    measurementRequest(run, { uses: 'check.metric', with: effect.with }),
    { ...window, points },
    { timeoutMs, signal },
  );
  const series: SeriesRecord =
    outcome.kind === 'observed'
      ? { ...outcome, ...window, points: outcome.points.map(([second, value]) => [second, value]) }
      : outcome;
  const { step, visit, moment } = effect;
  const at = app.clock.now().toISOString();
  await execute(app, stream.id, () => [
    { type: 'ReportSeries', at, actor: bot, run: run.id, step, visit, moment, series },
  ]);
}

function windowStart(run: Run, to: Date): Date {
  const began = Date.parse(troubleBeganAt(run));
  const lastsMs = Math.max(0, to.getTime() - began);
  const leadMs = Math.min(Math.max(lastsMs, shortestLeadMs), longestLeadMs);
  return new Date(Math.max(began - leadMs, to.getTime() - longestWindowMs));
}
