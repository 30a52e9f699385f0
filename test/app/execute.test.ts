import { expect, it } from 'vitest';

import { execute } from '#app/execute.ts';
import { load } from '#app/load.ts';
import { bot } from '#domain/ids.ts';
import { openApp } from '#test/support/app.ts';
import { documentOf, runbookOf } from '#test/support/runbooks.ts';

const probe = runbookOf(
  '  - {id: s, title: S, uses: check.dns, with: {name: api.example, type: TXT}, pass: "true"}',
);

it('records what a stranger answered, whatever stands in it', async () => {
  await using given = await openApp({ runbooks: [probe] });
  const { app } = given;
  const common = { at: app.clock.now().toISOString(), actor: bot, run: 'run-1' };
  await execute(app, 'run-1', () => [
    {
      ...common,
      type: 'StartRun',
      document: documentOf(probe),
      called: {},
      inputs: {},
      mode: 'live',
      alert: null,
      waits: false,
    },
  ]);
  const hostile = 'a\ud800 \udc00\u0000 \\ud800 \\\\ud800 😀 \u202e';

  const executed = await execute(app, 'run-1', () => [
    {
      ...common,
      type: 'ReportMeasurement',
      step: 's',
      visit: 1,
      path: 's',
      sample: 1,
      attempt: 1,
      measurement: {
        kind: 'measured',
        result: { answers: [hostile], [hostile]: 1 },
        summary: hostile,
      },
    },
  ]);

  expect(executed.kind).toBe('done');
  const { events } = await load(app, 'run-1');
  const event = events.map((one) => one.event).find(({ type }) => type === 'Measured');
  const kept = 'a\ufffd \ufffd\u0000 \\ud800 \\\\ud800 😀 \u202e';
  expect(event).toMatchObject({
    measurement: { result: { answers: [kept], [kept]: 1 }, summary: kept },
  });
});
