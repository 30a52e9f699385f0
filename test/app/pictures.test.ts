import { describe, expect, it } from 'vitest';

import { createUseCases } from '#app/create-use-cases.ts';
import { PortError } from '#ports/port-error.ts';
import type { SeriesOutcome } from '#ports/series.ts';
import { playApp } from '#test/support/played/played-app.ts';
import { documentOf, runbookOf } from '#test/support/runbooks.ts';

const rate = "uses: check.metric, with: {metric: error_rate}, fail: '> 5%', pass: '< 3%'";
const runbook = runbookOf(`  - {id: symptom, title: Is it failing, ${rate}, next: {fail: look}}
  - {id: look, title: Look, uses: manual, with: {instructions: Look}, next: {done: again}}
  - {id: again, title: Look again, uses: manual, with: {instructions: Look}}`);
const curve = (highest: number): SeriesOutcome => ({
  kind: 'observed',
  metric: 'error_rate',
  points: [
    [0, 0.001],
    [20, highest],
    [40, 0.3],
  ],
});

describe('the picture of a run', () => {
  it('comes into its message when it is drawn, with its figures in words', async () => {
    const { picture } = await started(() => curve(0.58));

    expect(picture()).toEqual({
      file: 'F1',
      title: 'Error rate · checkout production',
      alt: expect.stringMatching(
        /^Error rate · checkout production: 0.1 % at [\d:]+, at most 58 % at [\d:]+, 30 % at [\d:]+ UTC \(healthy below 3 %\)\.$/,
      ),
    });
  });

  it('is drawn anew when the run has gone on, and not before', async () => {
    let highest = 0.58;
    const { played, picture, press } = await started(() => curve(highest));
    await played.until('2026-11-24T03:04:00.000Z');
    expect(played.uploads).toHaveLength(1);

    highest = 0.6;
    await press();

    expect(picture()).toMatchObject({ file: 'F2', alt: expect.stringContaining('60 %') });
    expect(played.uploads).toHaveLength(2);
  });

  it.each([
    ['there is no curve', () => ({ kind: 'unavailable', message: 'down' }) as const],
    [
      'the curve has no value',
      () => ({ kind: 'observed', metric: 'error_rate', points: [[0, null]] }) as const,
    ],
  ])('is left out where %s, and the run goes on', async (_name, series) => {
    const { played, picture, press } = await started(series);
    await press();

    expect(picture()).toBeNull();
    expect(played.uploads).toEqual([]);
  });

  it('is left out where it can not be drawn, and the run goes on', async () => {
    const { played, picture, press } = await started(
      () => curve(0.58),
      () => {
        throw new PortError('pictures.failed', 'no font', { retry: false });
      },
    );
    await press();

    expect(picture()).toBeNull();
    expect(played.logged).toContain('a chart could not be shown');
  });
});

/** A run that has found a problem and asks somebody. */
async function started(series: () => SeriesOutcome, draw?: () => never) {
  const played = playApp({
    documents: [documentOf(runbook)],
    measure: () => ({ kind: 'measured', result: { value: 0.42 }, summary: '' }),
    series,
    ...(draw && { draw }),
  });
  await played.until('2026-11-24T03:00:00.000Z');
  const useCases = createUseCases(played.app);
  const by = { id: 'U0ANA', name: 'ana' };
  const origin = { channel: 'C1', message: null };
  await useCases.startRunbook({ by, origin, runbook: 'rehearsed', values: {} });
  await played.until('2026-11-24T03:00:10.000Z');

  const message = () => {
    const run = played.posted.map((one) => one.message).findLast(({ kind }) => kind === 'run');
    if (run?.kind !== 'run') throw new Error('there is no run message');
    return run;
  };
  return {
    played,
    picture: () => message().picture,
    press: async () => {
      const [done] = message().question?.buttons ?? [];
      const control = done?.control ?? '';
      expect(await useCases.press({ control, by, origin })).toMatchObject({ kind: 'done' });
      await played.until('2026-11-24T03:05:00.000Z');
      expect(message().question).toMatchObject({ title: 'Look again' });
    },
  };
}
