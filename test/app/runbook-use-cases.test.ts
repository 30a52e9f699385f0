import { expect, it } from 'vitest';

import { createUseCases } from '#app/create-use-cases.ts';
import { playApp } from '#test/support/played/played-app.ts';
import { documentOf, runbookOf } from '#test/support/runbooks.ts';

const by = { id: 'U-ANA', name: 'ana' };
const steps = '  - {id: m, title: M, uses: manual, with: {instructions: Go}}';

it('starts a run once and shows it where it was asked for, also when it dies right after', async () => {
  const played = playApp({ documents: [documentOf(runbookOf(steps))] });
  const { app, posted } = played;
  const origin = { channel: 'C-ops', message: null, once: 'trigger-1' };
  const request = { by, origin, runbook: 'rehearsed', values: {} };
  const dying = createUseCases({
    ...app,
    store: { ...app.store, setMark: () => Promise.reject(new Error('died')) },
  });
  await expect(dying.startRunbook(request)).rejects.toThrow('died');

  const again = await createUseCases(app).startRunbook(request);
  await played.until('2026-11-24T02:59:30.000Z');

  const { run } = again.kind === 'done' ? again : {};
  expect(await app.store.streams({ prefix: 'run-', limit: 9 })).toEqual([run]);
  expect(await app.store.mark('run-in', 'C-ops')).toBe(run);
  expect(posted.map(({ to, message }) => [to, message.kind])).toContainEqual(['C-ops', 'run']);
});
