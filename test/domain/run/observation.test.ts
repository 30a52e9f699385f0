import { describe, expect, test } from 'vitest';

import { rehearse } from '#domain/rehearsal/rehearse.ts';
import { dueObservation, troubleBeganAt } from '#domain/run/observation.ts';
import { dueEffects } from '#domain/stream/effects.ts';
import { emptyStream, evolve, type Stream, type StreamEvent } from '#domain/stream/stream.ts';
import { byBot, clock, give, theRun } from '#test/support/give.ts';
import { runbookOf, settings } from '#test/support/runbooks.ts';

const rate = "uses: check.metric, with: {metric: error_rate}, fail: '> 5%', pass: '< 3%'";
const runbook = runbookOf(`  - {id: symptom, title: Symptom, ${rate}, next: {fail: deploys}}
  - {id: deploys, title: Deploys, uses: deploys.list, fail: has(result.suspect), next: {fail: decide, pass: decide, inconclusive: decide}}
  - {id: decide, title: Decide, uses: manual, with: {instructions: x}, next: {done: recovery}}
  - {id: recovery, title: Recovery, repeat: symptom, watch: {every: 10s, hold: 30s, giveUpAfter: 5m}, next: {pass: over, fail: over, inconclusive: over}}
  - {id: over, title: Over, uses: manual, with: {instructions: y}}`);
const suspect = { build: '1842', at: clock(-1) };

const played = () =>
  rehearse(
    { runbook, settings },
    {
      mocks: {
        symptom: { value: 0.4 },
        deploys: { suspect, deployments: [suspect] },
        recovery: [{ value: 0.4 }, { value: 0 }],
      },
      people: [{ user: 'ana', step: 'decide', done: true }],
    },
  );

/** The moments at which something was due, with the event that made it so. */
function moments(events: readonly StreamEvent[], take: boolean) {
  const found: string[] = [];
  let stream: Stream = emptyStream('run');
  for (const event of events.filter(({ type }) => type !== 'SeriesObserved')) {
    stream = evolve(stream, event);
    const run = Object.values(stream.runs)[0];
    const due = run ? dueObservation(run, stream.incident) : null;
    if (due === null || found.at(-1) === due.moment) continue;
    found.push(due.moment);
    if (take) stream = give(stream, observed(due.moment, due.step)).stream;
  }
  return found;
}

function observeDue(now: Stream) {
  return dueEffects(now).flatMap((one) => (one.type === 'Observe' ? [one] : []))[0];
}

function unobserved(events: readonly StreamEvent[]): Stream {
  const empty: Stream = emptyStream('run');
  return events.filter(({ type }) => type !== 'SeriesObserved').reduce(evolve, empty);
}

function observed(moment: string, step: string, points: [number, number | null][] = [[0, 0.4]]) {
  const series = {
    kind: 'observed',
    metric: 'error_rate',
    from: clock(0),
    to: clock(1),
    points,
  } as const;
  return { ...byBot(clock(1)), type: 'ReportSeries', step, visit: 1, moment, series } as const;
}

describe('the curve of a run', () => {
  test('is recorded when somebody is asked, at the first healthy sample and when a watch is over', () => {
    const { events } = played();

    expect(moments(events, true)).toEqual([
      'ask:decide:1',
      'healthy:recovery:1',
      'watched:recovery:1',
      'ask:over:1',
    ]);
  });

  test('is that of the watch, and before it of the metric that found the problem', () => {
    const { stream } = played();
    const due = dueEffects(stream).filter(({ type }) => type === 'Observe');

    expect(due).toEqual([]);
    expect(theRun(stream).observed.moments).toEqual(expect.arrayContaining(['ask:over:1']));
  });

  test('is taken once for a moment', () => {
    const { stream } = played();
    const again = give(stream, observed('ask:over:1', 'recovery'));

    expect(again.refused).toBe('run.moved-on');
  });

  test('of which nothing could be read is read again a little later, and then no more', () => {
    const asking = rehearse(
      { runbook, settings },
      { mocks: { symptom: { value: 0.4 }, deploys: { suspect, deployments: [suspect] } } },
    );
    const lost = { kind: 'unavailable', message: 'no answer' } as const;
    let stream = unobserved(asking.events);
    const first = observeDue(stream);
    expect(first).toMatchObject({ moment: 'ask:decide:1' });
    expect(first).not.toHaveProperty('runAt');

    const seen: unknown[] = [];
    for (let tries = 0; tries < 5; tries += 1) {
      const { series: _series, ...rest } = observed('ask:decide:1', 'symptom');
      stream = give(stream, { ...rest, series: lost }).stream;
      const next = observeDue(stream);
      seen.push(next === undefined ? null : [next.id.slice(-2), next.runAt]);
    }

    const minute = clock(1).slice(0, 17);
    expect(seen).toEqual([
      [':1', `${minute}02.000Z`],
      [':2', `${minute}10.000Z`],
      [':3', `${minute}30.000Z`],
      [':4', clock(3)],
      null,
    ]);
    expect(theRun(stream).observed).toMatchObject({ moments: ['ask:decide:1'], last: null });
  });

  test('that could be read after all is the one that is shown', () => {
    const first = give(played().stream, observed('m1', 'recovery')).stream;
    const { series: _series, ...rest } = observed('m2', 'recovery');
    const lost = { kind: 'unavailable', message: 'no answer' } as const;
    const { stream: after } = give(first, { ...rest, series: lost });
    expect(theRun(after).observed.last).toMatchObject({ step: 'recovery', points: [[0, 0.4]] });
    expect(theRun(after).observed.moments).not.toContain('m2');

    const { stream: last } = give(after, observed('m2', 'recovery', [[0, 0.1]]));
    expect(theRun(last).observed).toMatchObject({ last: { points: [[0, 0.1]] }, missed: null });
  });

  test('begins with the deployment that is suspected', () => {
    expect(troubleBeganAt(played().run)).toBe(suspect.at);
  });

  test('is not recorded where everything was healthy', () => {
    const { stream } = rehearse({ runbook, settings }, { mocks: { symptom: { value: 0 } } });
    expect(theRun(stream).observed.moments).toEqual([]);
  });
});
