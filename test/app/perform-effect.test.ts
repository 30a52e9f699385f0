import { expect, it } from 'vitest';

import { execute } from '#app/execute.ts';
import { load } from '#app/load.ts';
import { performEffect } from '#app/perform-effect.ts';
import { bot } from '#domain/ids.ts';
import { dueEffects } from '#domain/stream/effects.ts';
import { playApp } from '#test/support/played/played-app.ts';
import { documentOf, runbookOf } from '#test/support/runbooks.ts';

it('lets a plan expire when its time has come, also where the clock of this process is behind', async () => {
  const { app } = playApp({});
  const at = app.clock.now().toISOString();
  const common = { at, actor: bot, run: 'run-1' } as const;
  const document = documentOf(runbookOf('  - {id: w, title: W, uses: deploys.rollback}'));
  const plan = { kind: 'plan', plan: { to: '1' }, hash: 'h', migrations: [] } as const;
  await execute(app, 'run-1', () => [
    {
      ...common,
      type: 'StartRun',
      document,
      called: {},
      inputs: {},
      mode: 'live',
      alert: null,
      waits: false,
    },
    {
      ...common,
      type: 'ReportPlan',
      step: 'w',
      visit: 1,
      preview: false,
      plan: { ...plan, migrations: [] },
    },
  ]);
  const due = dueEffects((await load(app, 'run-1')).stream);
  const timer = due.find(({ id }) => id.includes('expire'));

  // A quarter of an hour has passed by the queue's clock, and not a moment by ours.
  const payload = { stream: 'run-1', effect: timer?.id ?? '' };
  await performEffect(app)(payload, new AbortController().signal);

  const { stream } = await load(app, 'run-1');
  expect(stream.runs['run-1']?.steps['w']?.write?.phase).toBe('planning');
});
