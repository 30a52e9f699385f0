import { deploymentsRead } from '#domain/deploys/history.ts';
import { planHashInput, planRollback } from '#domain/deploys/plan.ts';
import { objectOf, textOf, textsOf, type JsonObject } from '#domain/json.ts';
import type { RollbackOperation, Target } from '#ports/deploys.ts';

import { changesBetween } from './changes-between.ts';
import { targetOf } from './target.ts';
import {
  ended,
  type Sending,
  type Standing,
  type WriteDeps,
  type WriteKind,
} from './write-kind.ts';

const over = { role: 'deploys', types: ['deploy-api'] } as const;

/** A compare-and-set on what runs, under a key that the deploy API knows it by. */
export const rollback: WriteKind = {
  uses: 'deploys.rollback',

  async plan(deps, request, approved, signal) {
    const target = targetOf(deps, request, over, approved ?? {});
    const { service, environment, startedAt } = request;
    const deployments = await deps.deploys.list(target, deploymentsRead, signal);
    const ends = approved ?? request.with;
    const wanted = {
      service,
      environment,
      deployments,
      startedAt,
      now: deps.clock.now().toISOString(),
      from: idOf(ends['from']),
      to: idOf(ends['to']),
      migrations: deps.runbooks.settings().services[service]?.migrations ?? [],
    };
    const first = planRollback(wanted);
    if (first.kind !== 'plan') return first;
    const { from, to } = first.plan;
    const [configurationFrom, configurationTo, changes] = await Promise.all([
      deps.deploys.configuration(target, from.id, signal),
      deps.deploys.configuration(target, to.id, signal),
      // What lies between two deployments stays what it was: the code host is asked once.
      approved === null
        ? changesBetween(deps, service, deployments, first.plan, signal)
        : { commits: textsOf(approved['commits']), files: textsOf(approved['files']) },
    ]);
    const planned = planRollback({ ...wanted, configurationFrom, configurationTo, changes });
    if (planned.kind !== 'plan') return planned;
    const { connection } = target;
    return {
      kind: 'plan',
      plan: { ...planned.plan, connection },
      bound: { ...planHashInput(planned.plan), connection },
      migrations: planned.plan.migrations,
    };
  },

  async send(deps, sending, signal) {
    const { request, plan, key, reason } = sending;
    const target = targetOf(deps, request, over, plan);
    const { from, to } = endsOf(plan);
    const started = await deps.deploys.startRollback(
      target,
      { from: from.id, to: to.id, key, reason },
      signal,
    );
    switch (started.kind) {
      case 'accepted':
        return standingOf(deps, target, sending, started.operation);
      case 'changed':
        return ended('changed', `${started.current} runs now.`);
      case 'refused':
        return ended('failed', started.message);
      default:
        return started satisfies never;
    }
  },

  async lookUp(deps, sending, signal) {
    const target = targetOf(deps, sending.request, over, sending.plan);
    const known = await deps.deploys.findRollback(target, sending.key, signal);
    return known === null ? null : standingOf(deps, target, sending, known);
  },

  words(plan) {
    const from = textOf(objectOf(plan['from'])['build'], 'unknown');
    const to = textOf(objectOf(plan['to'])['build'], 'unknown');
    const files = textsOf(plan['files']);
    const keys = textsOf(plan['configKeys']);
    const migrations = textsOf(plan['migrations']);
    return {
      what: `Roll back ${textOf(plan['service'])}`,
      from,
      to,
      change: `from build ${from} to ${to}`,
      short: `${from} → ${to}`,
      approve: 'Approve rollback',
      details: [
        `Build ${to} began to take traffic ${textOf(plan['age'], 'some time')} ago`,
        goingAway(textsOf(plan['commits'])),
        keys.length === 0 ? 'No setting changes' : `Settings that change: ${keys.join(', ')}`,
        ...(files.length === 0 ? [] : [`Files: ${shortened(files)}`]),
      ],
      warnings:
        migrations.length === 0 ? [] : [`Crosses database migrations: ${shortened(migrations)}`],
    };
  },
};

function goingAway(commits: readonly string[]): string {
  if (commits.length === 0) return 'No commits go away';
  return commits.length === 1
    ? `1 commit goes away: ${commits[0]}`
    : `${commits.length} commits go away: ${shortened(commits)}`;
}

function shortened(items: readonly string[]): string {
  const shown = items.slice(0, 5).join(', ');
  return items.length > 5 ? `${shown} and ${items.length - 5} more` : shown;
}

function standingOf(
  deps: WriteDeps,
  target: Target,
  sending: Sending,
  operation: RollbackOperation,
): Standing {
  const { id, status, url, message } = operation;
  const { from, to } = endsOf(sending.plan);
  const result = { id, status, from: from.build, to: to.build, url };
  switch (status) {
    case 'succeeded':
      return ended('succeeded', `Rolled back ${from.build} → ${to.build}`, result);
    case 'failed':
      return ended('failed', message ?? 'The deploy API says that it failed.', result);
    case 'pending':
    case 'running':
      return {
        kind: 'underWay',
        message: message ?? `Rollback ${status}`,
        result,
        async look(signal) {
          const now = await deps.deploys.readRollback(target, id, signal);
          return standingOf(deps, target, sending, now);
        },
      };
    default:
      return status satisfies never;
  }
}

function endsOf(plan: JsonObject) {
  return { from: endOf(plan['from']), to: endOf(plan['to']) };
}

function endOf(end: JsonObject[string] | undefined): { id: string; build: string } {
  const { id, build } = objectOf(end);
  return { id: textOf(id), build: textOf(build) };
}

/** A step names a deployment by its id or build; a plan has both. */
function idOf(end: JsonObject[string] | undefined): string | undefined {
  const id = textOf(end, textOf(objectOf(end)['id']));
  return id === '' ? undefined : id;
}
