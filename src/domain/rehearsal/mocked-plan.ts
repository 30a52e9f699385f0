import { canonicalJson } from '#domain/canonical-json.ts';
import { matchesFilePattern } from '#domain/deploys/file-pattern.ts';
import {
  isJsonObject,
  objectOf,
  textOf,
  textsOf,
  type Json,
  type JsonObject,
} from '#domain/json.ts';
import type { RunEffect } from '#domain/run/effects.ts';
import type { PlanRecord } from '#domain/run/events.ts';
import { placeOf } from '#domain/run/place.ts';
import { stepOfActivity } from '#domain/run/read.ts';
import { resultOf } from '#domain/run/scope.ts';
import type { Run } from '#domain/run/state.ts';
import { stepOf } from '#domain/run/structure.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { Stream } from '#domain/stream/stream.ts';

import { planIn } from './mock-forms.ts';
import type { Mock } from './rehearsal-case.ts';

type PlanEffect = Extract<RunEffect, { type: 'Plan' }>;
type World = { stream: Stream; run: Run; settings: Settings };

/**
 * The plan of a write: what `plan:` of its mock says, then its own inputs, then for a rollback the
 * `suspect` (else `current`) and `rollbackTarget` of the deployments that were listed last.
 */
export function mockedPlan(effect: PlanEffect, mock: Mock, world: World): PlanRecord {
  const { run, stream, settings } = world;
  const given = planIn(mock) ?? {};
  const step = stepOf(run.document.runbook, effect.step);
  const place = placeOf(run, stream.incident, step);
  if (effect.uses !== 'deploys.rollback') {
    return drawn({ ...effect.with, ...given, action: effect.uses, ...place }, []);
  }

  const listed = listedLast(stream);
  const current = buildIn(listed?.['current']);
  const to = buildIn(given['to'] ?? effect.with['to'] ?? listed?.['rollbackTarget']);
  const from =
    buildIn(given['from'] ?? effect.with['from'] ?? listed?.['suspect']) ?? current ?? null;
  if (to === null && listed !== null) {
    return { kind: 'noTarget', message: 'There is no build to go back to.' };
  }
  if (to !== null && to.build === current?.build) {
    return { kind: 'notNeeded', message: `Already on ${textOf(to.build)}` };
  }
  const files = textsOf(given['files']);
  const patterns = settings.services[place.service]?.migrations ?? [];
  const migrations =
    given['migrations'] === undefined
      ? files.filter((file) => patterns.some((pattern) => matchesFilePattern(pattern, file)))
      : textsOf(given['migrations']);
  const empty = { commits: [], files, configKeys: [] };
  const plan = { ...empty, ...given, migrations, action: effect.uses, ...place, from, to };
  return drawn(plan, migrations);
}

/** The last list of deployments that any run of the stream has. */
function listedLast(stream: Stream): JsonObject | null {
  const lists = Object.values(stream.runs).flatMap((run) =>
    Object.values(run.steps).flatMap((visit) =>
      visit.activities.flatMap((activity) => {
        const { uses } = stepOfActivity(run, activity, visit);
        const { last } = activity;
        const result = last && resultOf(last.measurement);
        return uses === 'deploys.list' && result !== null ? [{ at: last?.at ?? '', result }] : [];
      }),
    ),
  );
  return lists.toSorted((one, other) => (one.at < other.at ? -1 : 1)).at(-1)?.result ?? null;
}

/** A deployment, or just the build of one. */
function buildIn(value: Json | undefined): JsonObject | null {
  if (typeof value === 'string') return { id: value, build: value };
  const build = objectOf(value)['build'];
  return isJsonObject(value) && typeof build === 'string'
    ? { id: textOf(value['id'], build), build }
    : null;
}

function drawn(plan: JsonObject, migrations: readonly string[]): PlanRecord {
  const { age: _age, ...bound } = plan;
  return { kind: 'plan', plan, hash: canonicalJson(bound), migrations: [...migrations] };
}
