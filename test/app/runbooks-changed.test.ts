import { expect, it } from 'vitest';

import { executeFor } from '#app/execute.ts';
import { runbooksChanged } from '#app/runbooks-changed.ts';
import { startCommand } from '#app/start-runbook.ts';
import { permitOf } from '#test/support/permit.ts';
import { playApp } from '#test/support/played/played-app.ts';
import { documentOf, runbookOf } from '#test/support/runbooks.ts';

it('says in the message of an open run which newer version exists, and finishes on the old one', async () => {
  const before = documentOf(
    runbookOf('  - {id: go, title: Go, uses: manual, with: {instructions: Go}}'),
  );
  const world = playApp({ documents: [before] });
  const by = { kind: 'person', id: 'U1', name: 'ana' } as const;
  const command = startCommand(world.app, before, { by, inputs: {}, mode: 'live' });
  await world.app.store.setMark({ scope: 'place', key: command.run, value: '#checkout' });
  await executeFor(world.app, permitOf(by), command.run, () => [command]);
  await world.until('2026-11-24T03:00:00.000Z');

  world.use([{ ...before, digest: 'abcdef0123', commit: '1234567890' }]);
  await runbooksChanged(world.app, world.schedules);
  await world.until('2026-11-24T03:00:10.000Z');
  expect(world.posted.at(-1)?.message).toMatchObject({
    revision: 'd',
    newerVersion: 'a newer version exists: 1234567 · abcdef0',
  });

  await executeFor(world.app, permitOf(by), command.run, () => [
    {
      type: 'MarkDone',
      at: world.at(),
      actor: by,
      run: command.run,
      step: 'go',
      visit: 1,
      note: null,
    },
  ]);
  await world.until('2026-11-24T03:00:20.000Z');
  expect(world.posted.at(-1)?.message).toMatchObject({ status: 'succeeded', newerVersion: null });
  const { runs } = await world.stream(command.run);
  expect(runs[command.run]?.document.digest).toBe('d');
});
