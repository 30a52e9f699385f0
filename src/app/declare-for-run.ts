import { bot } from '#domain/ids.ts';
import { textOf } from '#domain/json.ts';
import type { RunEffect } from '#domain/run/effects.ts';
import type { Run } from '#domain/run/state.ts';
import { stepOf } from '#domain/run/structure.ts';
import { revisionText } from '#domain/runbook/revision.ts';
import type { Stream } from '#domain/stream/stream.ts';
import type { Mark } from '#ports/event-store.ts';

import type { App } from './app.ts';
import { newIncidentId } from './declare.ts';
import { execute, type MachineCommand } from './execute.ts';
import { load } from './load.ts';

type Declares = Extract<RunEffect, { type: 'DeclareIncident' }>;

/**
 * `incident.declare` of a run that stands outside of an incident: once, whatever is repeated, and with
 * what the run has found. A monitor finds the same trouble again every few minutes: as long as the
 * incident is open that this runbook declared for the service and environment, it is that one.
 */
export async function declareForRun(app: App, stream: Stream, effect: Declares): Promise<void> {
  const run = stream.runs[effect.run];
  if (run === undefined) return;
  const scope = 'declared-for';
  const key = [run.document.runbook.id, run.service, run.environment, run.mode].join('|');
  const before = textOf(await app.store.mark(scope, key));
  const known = (await isOpen(app, before))
    ? { incident: before, message: `Already in ${before}` }
    : await declareNew(app, run, effect, { scope: 'declared-next', key: `${key}|${before}` });
  if (known.incident !== null) await app.store.setMark({ scope, key, value: known.incident });

  const at = app.clock.now().toISOString();
  const { step, visit } = effect;
  await execute(app, stream.id, () => [
    { type: 'ReportDeclared', at, actor: bot, run: run.id, step, visit, ...known },
  ]);
}

async function isOpen(app: App, id: string): Promise<boolean> {
  if (id === '') return false;
  const status = (await load(app, id)).stream.incident?.status;
  return status === 'open' || status === 'suggested';
}

/** `claim`: of two runs that find the same trouble at once, one declares. */
async function declareNew(
  app: App,
  run: Run,
  effect: Declares,
  claim: Pick<Mark, 'scope' | 'key'>,
): Promise<{ incident: string | null; message: string }> {
  const severities = Object.keys(app.runbooks.settings().incident.severities);
  const incident = newIncidentId(app);
  const at = app.clock.now().toISOString();
  const declare: MachineCommand = {
    type: 'Declare',
    at,
    actor: bot,
    incident,
    title: textOf(effect.with['title'], run.document.runbook.title),
    severity: textOf(effect.with['severity'], severities.at(-1) ?? 'SEV3'),
    service: run.service,
    environment: run.environment,
    drill: run.mode === 'drill',
    declared: true,
    startedAt: run.since,
    alert: null,
  };
  const executed = await execute(
    app,
    incident,
    () => [declare, { ...findings(run), at, actor: bot }],
    [
      { ...claim, value: incident },
      { scope: 'declared-by', key: effect.id, value: incident },
    ],
  );
  switch (executed.kind) {
    case 'done':
      return { incident, message: `Declared ${incident}` };
    case 'duplicate': {
      const other = textOf(executed.mark.value);
      return { incident: other, message: `Declared ${other}` };
    }
    case 'rejected':
      return { incident: null, message: executed.rejection.message };
    default:
      return executed satisfies never;
  }
}

function findings(run: Run) {
  const { runbook } = run.document;
  return {
    type: 'BringFindings' as const,
    from: {
      run: run.id,
      runbook: runbook.id,
      title: runbook.title,
      revision: revisionText(run.document),
    },
    findings: Object.values(run.steps)
      .toSorted((one, other) => one.order - other.order)
      .flatMap(({ step, finished }) =>
        finished?.verdict == null
          ? []
          : [
              {
                title: stepOf(runbook, step).title,
                verdict: finished.verdict,
                finding: finished.finding,
                at: finished.at,
              },
            ],
      ),
  };
}
