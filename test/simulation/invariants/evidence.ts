import type { World } from '#test/simulation/world/world.ts';

import { ofType, type EventOf, type Recorded } from './record.ts';

const healthyBelow = 0.03;
const holdMs = 10_000;

type Measured = EventOf<'Measured'>;

/** Whatever is called healthy was measured, and was healthy; after a write, for as long as was asked for. */
export function greenWithData(world: World, record: readonly Recorded[]): string[] {
  const measured = ofType(record, 'Measured').map(({ event }) => event);
  return [
    ...measured.filter((one) => one.verdict === 'pass').flatMap((one) => given(world, one)),
    ...ofType(record, 'StepFinished').flatMap(({ event }) =>
      event.verdict === 'pass' ? passed(event, measured) : [],
    ),
    ...ofType(record, 'RunEnded').flatMap(({ event }) => ended(event, record)),
  ];
}

/** Our own failure is never evidence against what was to be measured. */
export function redWithData({ metrics }: World, record: readonly Recorded[]): string[] {
  return ofType(record, 'Measured').flatMap(({ event }) => {
    const value = valueOf(event.measurement);
    // A watch that gives up short of its time is a fail, too, although its last sample passed.
    const isWatch = event.step === 'recovery';
    if (event.verdict !== 'fail' || (value !== null && metrics.given.has(value))) return [];
    return isWatch && value !== null ? [] : [`${event.step} is called broken without data`];
  });
}

function given({ metrics }: World, { measurement, step }: Measured): string[] {
  const value = valueOf(measurement);
  if (value === null) return [`${step} is called healthy without a number`];
  if (!metrics.given.has(value)) return [`${step} is called healthy by a number that nobody gave`];
  return value < healthyBelow ? [] : [`${step} is called healthy at ${value}`];
}

function passed(event: EventOf<'StepFinished'>, measured: readonly Measured[]): string[] {
  const { run, step, visit } = event;
  const samples = measured.filter(
    (one) => one.run === run && one.step === step && one.visit === visit,
  );
  const last = samples.at(-1);
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
  return heldMs >= holdMs ? [] : [`${step} was healthy for ${heldMs} ms only`];
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
