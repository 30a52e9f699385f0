import { expect, it } from 'vitest';

import { declare } from '#app/declare.ts';
import { noteSetAside } from '#app/note-set-aside.ts';
import { permitOf } from '#test/support/permit.ts';
import { playApp } from '#test/support/played/played-app.ts';

it('shows on the card of an incident that work on it was given up, once', async () => {
  const world = playApp({});
  const at = world.at();
  await declare(world.app, permitOf({ id: 'U1', name: 'ana' }), 'inc-1', {
    at,
    title: 'T',
    severity: 'SEV1',
    service: null,
    environment: null,
    drill: false,
    declared: true,
    startedAt: at,
    alert: null,
  });
  const payload = { stream: 'inc-1', task: 'effect', reason: 'no such shop' };
  const note = noteSetAside(world.app);
  await note(payload, AbortSignal.timeout(1_000));
  await note(payload, AbortSignal.timeout(1_000));
  await note({ ...payload, stream: 'run-1' }, AbortSignal.timeout(1_000));
  await world.until(at);

  const card = world.posted.findLast(({ message }) => message.kind === 'incident-card');
  expect(card?.message).toMatchObject({
    problems: [
      'Part of a runbook could not be carried out, and it is not tried again: no such shop',
    ],
  });
  expect(await world.app.store.load('run-1')).toEqual([]);
});
