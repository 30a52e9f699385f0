import { canonicalJson } from '#domain/canonical-json.ts';
import { planHashInput, planRollback, type RollbackPlan } from '#domain/deploys/plan.ts';
import { bot } from '#domain/ids.ts';
import { textOf, type JsonObject } from '#domain/json.ts';
import type { RunEffect } from '#domain/run/effects.ts';
import type { PlanRecord } from '#domain/run/events.ts';
import type { Run } from '#domain/run/state.ts';
import type { Stream } from '#domain/stream/stream.ts';
import type { Target } from '#ports/deploys.ts';
import { PortError } from '#ports/port-error.ts';

import type { App } from './app.ts';
import { changesBetween } from './changes-between.ts';
import { execute } from './execute.ts';

type PlanEffect = Extract<RunEffect, { type: 'Plan' }>;

const planTimeoutMs = 20_000;
const deploymentsRead = 30;

/** Makes the plan of a write, or of the write that an option leads to, and reports it. */
export async function plan(
  app: App,
  stream: Stream,
  effect: PlanEffect,
  signal: AbortSignal,
): Promise<void> {
  const run = stream.runs[effect.run];
  if (run === undefined) return;
  const record = await makePlan(
    app,
    run,
    effect,
    AbortSignal.any([signal, AbortSignal.timeout(planTimeoutMs)]),
  );
  const at = app.clock.now().toISOString();
  const { step, visit, preview } = effect;
  await execute(app, stream.id, () => [
    { type: 'ReportPlan', at, actor: bot, run: run.id, step, visit, preview, plan: record },
  ]);
}

async function makePlan(
  app: App,
  run: Run,
  effect: PlanEffect,
  signal: AbortSignal,
): Promise<PlanRecord> {
  if (effect.uses !== 'deploys.rollback') {
    return { kind: 'unavailable', message: `This version can't do ${effect.uses}; do it by hand.` };
  }
  try {
    const planned = await currentPlan(app, run, effect.with, signal);
    if (planned.kind !== 'plan') return planned;
    const { plan: rollback } = planned;
    return {
      kind: 'plan',
      plan: JSON.parse(JSON.stringify(rollback)),
      hash: app.sha256(canonicalJson(planHashInput(rollback))),
      migrations: [...rollback.migrations],
    };
  } catch (error) {
    if (!(error instanceof PortError) && !signal.aborted) throw error;
    app.log.warn({ error, run: run.id }, 'a plan could not be made');
    const why =
      error instanceof PortError ? error.message : 'The deploy API did not answer in time.';
    return { kind: 'unavailable', message: why };
  }
}

export type Planned =
  | { kind: 'plan'; plan: RollbackPlan }
  | { kind: 'notNeeded' | 'noTarget'; message: string };

/** What a rollback would do as the world is at this moment. */
export async function currentPlan(
  app: App,
  run: Run,
  withInputs: JsonObject,
  signal: AbortSignal,
): Promise<Planned> {
  const target = targetOf(app, run, withInputs);
  const deployments = await app.deploys.list(target, deploymentsRead, signal);
  const request = {
    service: target.service,
    environment: target.environment,
    deployments,
    startedAt: run.since,
    now: app.clock.now().toISOString(),
    from: optional(withInputs['from']),
    to: optional(withInputs['to']),
    migrations: app.runbooks.settings().services[target.service]?.migrations ?? [],
  };
  const first = planRollback(request);
  if (first.kind !== 'plan') return first;
  const { from, to } = first.plan;
  const [configurationFrom, configurationTo, changes] = await Promise.all([
    app.deploys.configuration(target, from.id, signal),
    app.deploys.configuration(target, to.id, signal),
    changesBetween(app, target.service, deployments, first.plan, signal),
  ]);
  return planRollback({ ...request, configurationFrom, configurationTo, changes });
}

/** Where a write of this run goes. A drill only ever reaches what is marked for drills. */
export function targetOf(app: App, run: Run, withInputs: JsonObject): Target {
  const settings = app.runbooks.settings();
  const service = textOf(withInputs['service'], run.service);
  const environment = textOf(withInputs['environment'], run.environment);
  const connection = textOf(
    withInputs['connection'],
    settings.services[service]?.connections['deploys'] ?? '',
  );
  const known = settings.connections[connection];
  if (known === undefined) {
    throw new PortError('deploys.no-connection', `${service} has no deploy API in the settings.`, {
      retry: false,
    });
  }
  if (run.mode === 'drill' && !known.drill) {
    throw new PortError(
      'deploys.not-for-drills',
      `${connection} is not marked \`drill: true\`, so a drill may not use it.`,
      { retry: false },
    );
  }
  return { connection, service, environment };
}

function optional(value: JsonObject[string] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
