import { canonicalJson } from '#domain/canonical-json.ts';
import { bot } from '#domain/ids.ts';
import { isJsonObject, objectOf, textOf, textsOf, type JsonObject } from '#domain/json.ts';
import type { RunCommand, WriteOutcome } from '#domain/run/commands.ts';
import type { RunEffect } from '#domain/run/effects.ts';
import type { MeasurementRecord, PlanRecord } from '#domain/run/events.ts';
import type { Run } from '#domain/run/state.ts';

import type { Mocks } from './mocks.ts';
import { standInCheck } from './stand-in.ts';

/** What the mocked world says to an effect; null where a mock is missing. */
export function answerEffect(
  effect: RunEffect,
  { run, mocks, now }: { run: Run; mocks: Mocks; now: string },
): readonly RunCommand[] | null {
  const at = { at: now, actor: bot, run: effect.run, step: effect.step, visit: effect.visit };
  switch (effect.type) {
    case 'Wake':
      return [{ ...effect.command, at: now }];
    case 'DeclareIncident':
      return [{ ...at, type: 'ReportDeclared', incident: 'inc-rehearsed', message: 'Declared' }];
    case 'Measure': {
      const { path, sample, attempt } = effect;
      const mock = mocks.take(placeOf(run, path));
      if (mock === null) return null;
      const measurement = measurementOf(mock);
      return [{ ...at, type: 'ReportMeasurement', path, sample, attempt, measurement }];
    }
    case 'Plan': {
      const mock = mocks.peek(placeOf(run, effect.step));
      if (mock === null && !effect.preview) return null;
      const plan = planOf(effect, run, mock ?? {});
      return [{ ...at, type: 'ReportPlan', preview: effect.preview, plan }];
    }
    case 'Write': {
      const mock = mocks.take(placeOf(run, effect.step));
      if (mock === null) return null;
      const report = { ...at, type: 'ReportWrite', ...outcomeOf(mock) } as const;
      const unsent = report.outcome === 'notNeeded' || report.outcome === 'changed';
      return unsent ? [report] : [{ ...at, type: 'BeginWrite', attempt: 1, sendBy: now }, report];
    }
    default:
      return effect satisfies never;
  }
}

/** Steps of a called run stand under the step that called it. */
export function placeOf(run: Run, path: string): string {
  if (run.parent === null) return path;
  return path === standInCheck ? run.parent.step : `${run.parent.step}.${path}`;
}

function measurementOf(mock: JsonObject): MeasurementRecord {
  if (typeof mock['error'] === 'string') {
    return { kind: 'unavailable', message: mock['error'], retry: true };
  }
  return { kind: 'measured', result: mock, summary: canonicalJson(mock) };
}

/** From what the lists of deployments say, unless the write's own mock says otherwise. */
function planOf(
  effect: Extract<RunEffect, { type: 'Plan' }>,
  run: Run,
  mock: JsonObject,
): PlanRecord {
  const list = Object.values(run.steps)
    .map((visit) => visit.finished?.result ?? {})
    .find((result) => 'suspect' in result || 'rollbackTarget' in result);
  if (isJsonObject(mock['plan'])) return drawn(effect.uses, { ...effect.with, ...mock['plan'] });
  if (effect.uses !== 'deploys.rollback' || list === undefined) {
    return drawn(effect.uses, effect.with);
  }
  const to = objectOf(list['rollbackTarget'])['build'];
  if (to === undefined) return { kind: 'noTarget', message: 'There is no build to go back to.' };
  const from = objectOf(list['suspect'])['build'] ?? objectOf(list['current'])['build'] ?? null;
  return drawn(effect.uses, { ...effect.with, from, to });
}

function drawn(action: string, inputs: JsonObject): PlanRecord {
  const plan = { action, ...inputs };
  const migrations = textsOf(inputs['migrations']);
  return { kind: 'plan', plan, hash: canonicalJson(plan), migrations };
}

function outcomeOf(mock: JsonObject): {
  outcome: WriteOutcome;
  message: string;
  result: JsonObject;
} {
  const { plan: _plan, ...result } = mock;
  if (mock['lost'] === true) return { outcome: 'unknown', message: 'No answer', result: {} };
  if (mock['changed'] === true) return { outcome: 'changed', message: 'It changed', result: {} };
  if (typeof mock['error'] === 'string') {
    return { outcome: 'failed', message: mock['error'], result: {} };
  }
  const status = textOf(mock['status'], 'succeeded');
  const outcome = status === 'failed' || status === 'notNeeded' ? status : 'succeeded';
  return { outcome, message: status, result };
}
