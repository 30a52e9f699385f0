import { formatDuration, parseDuration } from '#domain/duration.ts';
import type { Json } from '#domain/json.ts';
import type { Verdict } from '#domain/run/events.ts';
import type { Run } from '#domain/run/state.ts';
import { worst } from '#domain/run/verdict.ts';
import type { Stream, StreamEvent } from '#domain/stream/stream.ts';

import { forEveryItem } from './mocks.ts';
import { placeInCase } from './place-in-case.ts';
import type { Expectation, Failure } from './rehearsal-case.ts';
import { isStandIn } from './stand-in.ts';

type Played = {
  run: Run;
  stream: Stream;
  events: readonly StreamEvent[];
  recommended: Readonly<Record<string, readonly string[]>>;
  elapsedMs: number;
};

/** What a rehearsal was expected to come to and did not, each with both sides. */
export function unmetExpectations(wanted: Expectation, played: Played): readonly Failure[] {
  const { run, stream, recommended } = played;
  const found: Failure[] = [];
  const check = (what: string, at: readonly string[], expected: Json, actual: Json) => {
    if (JSON.stringify(expected) === JSON.stringify(actual)) return;
    found.push({ at: ['expect', ...at], expected, actual, message: `${what} is not as expected` });
  };

  if (wanted.status !== undefined) {
    check('the status', ['status'], wanted.status, run.end?.status ?? waitingText(stream, run));
  }
  const { waitingOn } = wanted;
  if (waitingOn !== undefined && !waitingPlaces(stream, run).includes(waitingOn)) {
    const actual = run.end === null ? (waitingPlaces(stream, run).at(-1) ?? null) : run.end.status;
    check('where it waits', ['waitingOn'], waitingOn, actual);
  }
  if (wanted.path !== undefined) check('the path', ['path'], wanted.path, run.path);
  if (wanted.writes !== undefined) {
    check('what was written', ['writes'], wanted.writes, writesOf(played));
  }
  for (const [step, option] of Object.entries(wanted.recommended ?? {})) {
    const actual = recommended[step] ?? [];
    const alone = actual.length > 1 ? actual : (actual[0] ?? null);
    check(`what ${step} recommends`, ['recommended', step], option, alone);
  }
  for (const [place, verdict] of Object.entries(wanted.verdicts ?? {})) {
    check(`the verdict of ${place}`, ['verdicts', place], verdict, verdictAt(stream, place));
  }
  return [...found, ...elapsedOutside(wanted.elapsed ?? {}, played.elapsedMs)];
}

function elapsedOutside(
  { lessThan, atLeast }: NonNullable<Expectation['elapsed']>,
  elapsedMs: number,
): readonly Failure[] {
  const actual = formatDuration(elapsedMs);
  const fail = (key: string, expected: string): Failure => ({
    at: ['expect', 'elapsed', key],
    expected,
    actual,
    message: 'the time that went by is not as expected',
  });
  return [
    ...(lessThan !== undefined && elapsedMs >= (parseDuration(lessThan) ?? 0)
      ? [fail('lessThan', `less than ${lessThan}`)]
      : []),
    ...(atLeast !== undefined && elapsedMs < (parseDuration(atLeast) ?? 0)
      ? [fail('atLeast', `at least ${atLeast}`)]
      : []),
  ];
}

/** How a run stands that has not ended: `waiting on decide`. */
export function waitingText(stream: Stream, run: Run): string {
  const place = waitingPlaces(stream, run).at(-1);
  return place === undefined ? 'not ended' : `waiting on ${place}`;
}

/** Where only a person could go on: the step, and within the runbook that it has called. */
function waitingPlaces(stream: Stream, run: Run): readonly string[] {
  const { end, position, id } = run;
  if (end !== null) return [];
  if (position.kind === 'start') return ['start'];
  const step =
    position.kind === 'ask'
      ? position.step
      : position.steps.find((one) => run.steps[one]?.finished === null);
  if (step === undefined) return [];
  const called = Object.values(stream.runs).find(
    ({ end: ended, parent }) => ended === null && parent?.run === id && parent.step === step,
  );
  return [placeInCase(stream, run, step), ...(called ? waitingPlaces(stream, called) : [])];
}

/** The steps that wrote, in order: something was sent, whatever came of it and however often. */
function writesOf({ stream, events }: Played): readonly string[] {
  const places = new Map<string, string>();
  for (const event of events) {
    if (event.type !== 'WriteStarted') continue;
    const run = stream.runs[event.run];
    if (run === undefined) continue;
    places.set(`${run.id}/${event.step}/${event.visit}`, placeInCase(stream, run, event.step));
  }
  return [...places.values()];
}

/** Of a step's last visit; of a nested step for every item: the worst of them. */
function verdictAt(stream: Stream, wanted: string): Verdict | null {
  const runs = Object.values(stream.runs).filter((run) => !isStandIn(run));
  for (const run of runs.toReversed()) {
    const inThisRun = Object.values(run.steps).flatMap(({ step, finished, activities }) => [
      { place: placeInCase(stream, run, step), verdict: finished?.verdict ?? null },
      ...activities.map((one) => ({
        place: placeInCase(stream, run, one.path),
        verdict: one.last?.measurement.kind === 'skipped' ? null : (one.last?.verdict ?? null),
      })),
    ]);
    const exact = inThisRun.find(({ place }) => place === wanted);
    if (exact) return exact.verdict;
    const items = inThisRun.filter(({ place }) => forEveryItem(place) === wanted);
    const verdicts = items.flatMap(({ verdict }) => (verdict === null ? [] : [verdict]));
    if (verdicts.length > 0) return worst(verdicts);
  }
  return null;
}
