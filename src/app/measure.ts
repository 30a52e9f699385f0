import { bot } from '#domain/ids.ts';
import type { RunEffect } from '#domain/run/effects.ts';
import type { Stream } from '#domain/stream/stream.ts';
import type { Measurement } from '#ports/checks.ts';

import type { App } from './app.ts';
import { execute } from './execute.ts';
import { measurementRequest } from './run-request.ts';

type Measure = Extract<RunEffect, { type: 'Measure' }>;

/** Measures once and reports. A fault of our own is `inconclusive`: it says nothing of the target. */
export async function measure(
  app: App,
  stream: Stream,
  effect: Measure,
  signal: AbortSignal,
): Promise<void> {
  const run = stream.runs[effect.run];
  if (run === undefined) return;
  const { uses, timeoutMs, path, sample, attempt } = effect;

  let measurement: Measurement;
  try {
    measurement = await app.checks.measure(measurementRequest(run, { uses, with: effect.with }), {
      timeoutMs,
      signal,
    });
  } catch (error) {
    signal.throwIfAborted();
    app.log.error({ error, run: run.id, step: effect.step, uses }, 'a check could not be made');
    measurement = { kind: 'unavailable', message: 'The check itself failed.', retry: false };
  }

  const at = app.clock.now().toISOString();
  await execute(app, stream.id, () => [
    {
      type: 'ReportMeasurement',
      at,
      actor: bot,
      run: run.id,
      step: effect.step,
      visit: effect.visit,
      path,
      sample,
      attempt,
      measurement,
    },
  ]);
}
