import { bot } from '#domain/ids.ts';
import type { RunCommand } from '#domain/run/commands.ts';
import type { RunEffect } from '#domain/run/effects.ts';
import type { Run } from '#domain/run/state.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { Stream } from '#domain/stream/stream.ts';

import { measurementOf, writeOf } from './mock-forms.ts';
import { mockedPlan } from './mocked-plan.ts';
import type { Mocks } from './mocks.ts';
import { placeInCase } from './place-in-case.ts';
import { isLastOfStandIn, isStandIn } from './stand-in.ts';

type World = { stream: Stream; run: Run; settings: Settings; mocks: Mocks; now: string };

/** What the mocked world says to an effect; null where a mock is missing. */
export function answerEffect(effect: RunEffect, world: World): readonly RunCommand[] | null {
  const { stream, run, mocks, now } = world;
  const at = { at: now, actor: bot, run: effect.run, step: effect.step, visit: effect.visit };
  const place = placeInCase(stream, run, 'path' in effect ? effect.path : effect.step);
  switch (effect.type) {
    case 'Wake':
      return [{ ...effect.command, at: now }];
    case 'DeclareIncident':
      return [{ ...at, type: 'ReportDeclared', incident: 'inc-rehearsed', message: 'Declared' }];
    case 'Measure': {
      const { path, sample, attempt } = effect;
      const readOn = isStandIn(run) && !isLastOfStandIn(run, path);
      const mock = readOn ? mocks.peek(place) : mocks.take(place);
      if (mock === null) return null;
      const measurement = measurementOf(effect.uses, mock);
      if (isStandIn(run) && measurement.kind === 'unavailable') {
        return [{ at: now, actor: bot, run: run.id, type: 'Stop', reason: measurement.message }];
      }
      return [{ ...at, type: 'ReportMeasurement', path, sample, attempt, measurement }];
    }
    case 'Observe': {
      const { moment } = effect;
      const series = { kind: 'unavailable', message: 'Nothing is drawn in a rehearsal.' } as const;
      return [{ ...at, type: 'ReportSeries', moment, series }];
    }
    case 'Plan': {
      const mock = mocks.peek(place);
      if (mock === null && !effect.preview) return null;
      const plan = mockedPlan(effect, mock ?? {}, world);
      return [{ ...at, type: 'ReportPlan', preview: effect.preview, plan }];
    }
    case 'Write': {
      const mock = mocks.take(place);
      if (mock === null) return null;
      const { key } = effect;
      const report = { ...at, type: 'ReportWrite', key, ...writeOf(mock) } as const;
      const unsent = report.outcome === 'notNeeded' || report.outcome === 'changed';
      return unsent ? [report] : [{ ...at, type: 'BeginWrite', attempt: 1, sendBy: now }, report];
    }
    default:
      return effect satisfies never;
  }
}
