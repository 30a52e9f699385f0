import { bot } from '#domain/ids.ts';
import { textOf } from '#domain/json.ts';
import type { RunEffect } from '#domain/run/effects.ts';
import type { Stream } from '#domain/stream/stream.ts';

import type { App } from './app.ts';
import { declare, newIncidentId } from './declare.ts';
import { execute } from './execute.ts';

/** `incident.declare` of a run that stands outside of an incident: once, whatever is repeated. */
export async function declareForRun(
  app: App,
  stream: Stream,
  effect: Extract<RunEffect, { type: 'DeclareIncident' }>,
): Promise<void> {
  const run = stream.runs[effect.run];
  if (run === undefined) return;
  const severities = Object.keys(app.runbooks.settings().incident.severities);
  const id = newIncidentId(app);
  const at = app.clock.now().toISOString();
  const declared = await declare(
    app,
    id,
    {
      at,
      actor: bot,
      title: textOf(effect.with['title'], run.document.runbook.title),
      severity: textOf(effect.with['severity'], severities.at(-1) ?? 'SEV3'),
      service: run.service,
      environment: run.environment,
      drill: run.mode === 'drill',
      declared: true,
      startedAt: run.since,
      alert: null,
    },
    [{ scope: 'declared-by', key: effect.id, value: id }],
  );
  if (declared.kind === 'rejected') {
    app.log.warn({ run: run.id, ...declared.rejection }, 'a run could not declare its incident');
  }
  const incident = declared.kind === 'duplicate' ? textOf(declared.mark.value) : id;
  await execute(app, stream.id, () => [
    {
      type: 'ReportDeclared',
      at,
      actor: bot,
      run: run.id,
      step: effect.step,
      visit: effect.visit,
      incident,
    },
  ]);
}
