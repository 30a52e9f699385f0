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

it('offers on the card of an incident without a run those of its service, and the list of all', async () => {
  const own = runbookOf(steps, 'id: own');
  const other = { ...runbookOf(steps, 'id: other'), service: 'search', title: 'Search is slow' };
  const world = playApp({ documents: [own, other].map(documentOf) });
  const declared = await world.useCases.declareIncident({
    by,
    origin: { channel: null, message: null },
    values: { title: 'Checkout fails', severity: 'SEV1', service: 'checkout' },
  });
  await world.until('2026-11-24T02:59:30.000Z');
  const card = () =>
    world.posted
      .flatMap(({ message }) => (message.kind === 'incident-card' ? [message] : []))
      .at(-1);
  const press = (label: string, values?: Readonly<Record<string, string>>) => {
    const { control } = card()?.buttons.find((one) => one.label === label) ?? { control: '' };
    const origin = { channel: null, message: null };
    return world.useCases.press({ control, by, origin, ...(values && { values }) });
  };

  expect(
    card()
      ?.buttons.map(({ label }) => label)
      .slice(0, 2),
  ).toEqual(['▶ Rehearsed', 'Other runbooks']);
  expect(await press('Other runbooks')).toMatchObject({
    runbooks: { runbooks: [{ id: 'other' }, { id: 'own' }] },
  });
  expect(await press('▶ Rehearsed')).toMatchObject({ kind: 'form', form: { text: 'Rehearsed' } });
  expect(await press('▶ Rehearsed', { '@mode': 'drill' })).toMatchObject({ kind: 'done' });
  await world.until('2026-11-24T03:00:00.000Z');

  const id = declared.kind === 'done' ? (declared.incident ?? '') : '';
  const { runs } = await world.stream(id);
  expect(Object.values(runs)).toMatchObject([
    { mode: 'drill', document: { runbook: { id: 'own' } } },
  ]);
  expect(card()?.buttons.map(({ label }) => label)).not.toContain('▶ Rehearsed');
});
