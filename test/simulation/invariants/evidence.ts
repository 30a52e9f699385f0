import { report } from '#test/simulation/world/scenery.ts';
import type { World } from '#test/simulation/world/world.ts';

import { ofType, type EventOf, type Recorded } from './record.ts';

const healthyBelow = 0.03;
const holdMs = 10_000;
const reportHoldMs = 120_000;
/** These measure the error rate; the others of the shipped runbook ask targets and the deploy API. */
const ofMetrics: readonly string[] = ['symptom', 'recovery'];

type Measured = EventOf<'Measured'>;

/** Whatever is called healthy was measured, and was healthy; after a write, for as long as was asked for. */
export function greenWithData(world: World, record: readonly Recorded[]): string[] {
  const measured = ofType(record, 'Measured').map(({ event }) => event);
  return [
    ...measured.filter((one) => one.verdict === 'pass').flatMap((one) => given(world, one)),
    ...ofType(record, 'StepFinished').flatMap(({ event }) =>
      event.verdict === 'pass' ? passed(event, record) : [],
    ),
    ...ofType(record, 'RunEnded').flatMap(({ event }) => ended(event, record)),
  ];
}

/** Our own failure is never evidence against what was to be measured. */
export function redWithData({ metrics }: World, record: readonly Recorded[]): string[] {
  return ofType(record, 'Measured').flatMap(({ event }) => {
    if (event.verdict !== 'fail') return [];
    if (!ofMetrics.includes(event.step)) return answered(event);
    const value = valueOf(event.measurement);
    // A watch that gives up short of its time is a fail, too, although its last sample passed.
    const isWatch = event.step === 'recovery';
    if (value !== null && metrics.given.has(value)) return [];
    return isWatch && value !== null ? [] : [`${event.step} is called broken without data`];
  });
}

/** Of what is not a metric: that there was an answer, or a target that is known to give none. */
function answered({ measurement, step }: Measured): string[] {
  return measurement.kind === 'unavailable' ? [`${step} is judged without data`] : [];
}

function given({ metrics }: World, one: Measured): string[] {
  const { measurement, step } = one;
  if (!ofMetrics.includes(step)) {
    const silent = measurement.kind === 'measured' ? [] : [`${step} is called healthy in silence`];
    const failed = measurement.kind === 'measured' && measurement.result['status'] === 502;
    return failed ? [`${step} is called healthy at a 502`] : silent;
  }
  const value = valueOf(measurement);
  if (value === null) return [`${step} is called healthy without a number`];
  if (!metrics.given.has(value)) return [`${step} is called healthy by a number that nobody gave`];
  return value < healthyBelow ? [] : [`${step} is called healthy at ${value}`];
}

function passed(event: EventOf<'StepFinished'>, record: readonly Recorded[]): string[] {
  const { run, step, visit } = event;
  const measured = ofType(record, 'Measured').map((one) => one.event);
  const samples = measured.filter(
    (one) => one.run === run && one.step === step && one.visit === visit,
  );
  const last = samples.at(-1);
  if (!ofMetrics.includes(step)) return passedElsewhere(event, record, last);
  if (last === undefined || valueOf(last.measurement) === null) {
    return [`${step} ended well without data`];
  }
  if (step !== 'recovery') return [];
  const broken = samples.findLastIndex((one) => {
    const value = valueOf(one.measurement);
    return value === null || value >= healthyBelow;
  });
  const first = samples[broken + 1];
  const heldMs = Date.parse(last.at) - Date.parse(first?.at ?? last.at);
  const wantedMs = runbookOf(run, record) === report ? reportHoldMs : holdMs;
  return heldMs >= wantedMs ? [] : [`${step} was healthy for ${heldMs} ms only`];
}

/** A step that asks targets has their answers; one that runs a runbook, a run of it that ended well. */
function passedElsewhere(
  { step }: EventOf<'StepFinished'>,
  record: readonly Recorded[],
  last: Measured | undefined,
): string[] {
  const ranWell = ofType(record, 'RunEnded').some(
    ({ event }) => event.verdict === 'pass' && runbookOf(event.run, record) === 'checkout-smoke',
  );
  return last?.verdict === 'pass' || (step === 'smoke' && ranWell)
    ? []
    : [`${step} ended well without data`];
}

function runbookOf(run: string, record: readonly Recorded[]): string | undefined {
  const started = ofType(record, 'RunStarted').find(({ event }) => event.run === run);
  return started?.event.document.runbook.id;
}

/** A run without a healthy check at its end is not a healthy run. */
function ended({ run, verdict }: EventOf<'RunEnded'>, record: readonly Recorded[]): string[] {
  if (verdict !== 'pass') return [];
  const last = ofType(record, 'StepEntered').findLast(
    ({ event }) => event.run === run && event.activities.length > 0,
  )?.event;
  const finished = ofType(record, 'StepFinished').find(
    ({ event }) => event.run === run && event.step === last?.step && event.visit === last.visit,
  );
  return finished?.event.verdict === 'pass' ? [] : [`${run} ended well without data`];
}

function valueOf(measurement: Measured['measurement']): number | null {
  if (measurement.kind !== 'measured') return null;
  const { value } = measurement.result;
  return typeof value === 'number' ? value : null;
}
