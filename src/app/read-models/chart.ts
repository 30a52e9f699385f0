import type { LoadedEvent } from '#app/load.ts';
import { metricName } from '#domain/metrics/metric-name.ts';
import { valueText } from '#domain/metrics/value-text.ts';
import { suspectsOf } from '#domain/run/observation.ts';
import type { Run } from '#domain/run/state.ts';
import { findStep } from '#domain/run/structure.ts';
import type { Step } from '#domain/runbook/runbook.ts';
import type { Chart } from '#ports/pictures.ts';

import { planWords } from './plan-view.ts';

type Mark = Chart['marks'][number];

/** The curve of the metric that a run is about, with what was done about it; null where none was read. */
export function chartOf(run: Run, events: readonly LoadedEvent[]): Chart | null {
  const { last } = run.observed;
  const step = last && findStep(run.document.runbook, last.step);
  if (!last || !step || last.points.every(([, value]) => value === null)) return null;
  const unit = step.unit ?? 'none';
  const name = last.metric === null ? step.title : metricName(last.metric);
  const deploys = suspectsOf(run).map(({ build, at }): Mark => ({
    kind: 'deploy',
    at,
    until: null,
    label: `Deploy ${build}`,
  }));
  return {
    title: `${name} · ${run.service} ${run.environment}`,
    unit,
    from: last.from,
    to: last.to,
    points: last.points,
    threshold: thresholdOf(step, unit),
    marks: [...deploys, ...writesOf(run, events)]
      .filter(({ at }) => at <= last.to)
      .toSorted((one, other) => one.at.localeCompare(other.at)),
  };
}

const COMPARISON = /^result\.value (<=|>=|<|>) (\d+(?:\.\d+)?(?:e-?\d+)?)$/;

/** Where it is healthy, else where it is a problem; other conditions are no line in a chart. */
function thresholdOf({ pass, fail }: Step, unit: Chart['unit']): Chart['threshold'] {
  for (const [condition, word] of [
    [pass, 'healthy'],
    [fail, 'problem'],
  ] as const) {
    const [, sign, number] = COMPARISON.exec(condition ?? '') ?? [];
    if (sign === undefined) continue;
    const value = Number(number);
    const side = sign.startsWith('<') ? 'below' : 'above';
    return { value, label: `${word} ${side} ${valueText(value, unit)}` };
  }
  return null;
}

/** Each write from its beginning to its end, be it still under way. */
function writesOf(run: Run, events: readonly LoadedEvent[]): Mark[] {
  const labels = new Map<string, string>();
  const marks = new Map<string, Mark>();
  for (const { event } of events) {
    if (!('visit' in event) || event.run !== run.id) continue;
    const key = `${event.step}/${event.visit}`;
    const mark = marks.get(key);
    if (event.type === 'PlanComputed' && !event.preview && event.plan.kind === 'plan') {
      const { approve, short } = planWords(event.plan.plan);
      labels.set(key, capitalised(`${approve.replace(/^Approve /, '')} ${short}`.trimEnd()));
    } else if (event.type === 'WriteStarted' && mark === undefined) {
      const label = labels.get(key) ?? event.step;
      marks.set(key, { kind: 'write', at: event.at, until: null, label });
    } else if (event.type === 'StepFinished' && mark !== undefined) {
      const label = event.status === 'succeeded' ? mark.label : `${mark.label} (${event.status})`;
      marks.set(key, { ...mark, until: event.at, label });
    }
  }
  return [...marks.values()];
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
