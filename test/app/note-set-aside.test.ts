import { expect, it } from 'vitest';

import { declare } from '#app/declare.ts';
import { noteSetAside } from '#app/note-set-aside.ts';
import { dueEffects } from '#domain/stream/effects.ts';
import { permitOf } from '#test/support/permit.ts';
import { playApp } from '#test/support/played/played-app.ts';
import { documentOf, runbookOf, settings } from '#test/support/runbooks.ts';

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

it('ends a write that was begun and given up as one that nobody knows the outcome of, and asks', async () => {
  const text =
    '  - {id: flag, title: Fail over, uses: flags.set, with: {flag: f, value: true, connection: house}}';
  const played = playApp({
    documents: [documentOf(runbookOf(text))],
    settings: {
      connections: { house: { type: 'unleash', url: 'http://f', drill: false, options: {} } },
      approvals: settings.approvals.map((policy) => ({ ...policy, required: 0 })),
    },
  });
  played.app.flags.read = async () => ({ value: false });
  const by = { id: 'U0ANA', name: 'ana' };
  const origin = { channel: 'C1', message: null };
  const reply = await played.useCases.startRunbook({
    by,
    origin,
    runbook: 'rehearsed',
    values: {},
  });
  const run = reply.kind === 'done' ? (reply.run ?? '') : '';
  // The process dies as it sends.
  played.app.flags.set = () => {
    throw new Error('dead');
  };
  await expect(played.until(played.at())).rejects.toThrow('dead');
  const [effect] = dueEffects(await played.stream(run)).filter(({ type }) => type === 'Write');
  const given = { stream: run, task: 'effect', effect: effect?.id ?? '', reason: 'it died' };

  await noteSetAside(played.app)(given, AbortSignal.timeout(1_000));

  const state = (await played.stream(run)).runs[run];
  expect(state?.steps['flag']?.finished).toMatchObject({ status: 'unknown' });
  expect(state?.position).toMatchObject({ kind: 'ask' });
});
