import { expect, it } from 'vitest';

import { createUseCases } from '#app/create-use-cases.ts';
import { recover } from '#app/recover.ts';
import type { FormValues } from '#app/use-cases.ts';
import { playApp } from '#test/support/played/played-app.ts';
import { documentOf, runbookOf } from '#test/support/runbooks.ts';

const runbook = runbookOf(
  '  - {id: flag, title: Fail over, uses: flags.set, with: {flag: f, value: true, connection: house}}',
);
const ana = { id: 'U0ANA', name: 'ana' };
const at = (minutes: number, seconds = 0) =>
  new Date(
    Date.parse('2026-11-24T03:00:00.000Z') + minutes * 60_000 + seconds * 1_000,
  ).toISOString();

it('an approval is asked for again and the plan made anew on time, after a restart too', async () => {
  const { played, run, notices, mentioned, holdsUntil } = await asked();
  expect(notices()).toEqual(['Waiting for approval: Fail over']);
  expect(mentioned()).toEqual(['U0BEN']);

  played.forget();
  await recover(played.app);
  await played.until(at(1, 59));
  expect(notices()).toHaveLength(1);
  await played.until(at(2, 1));
  expect(notices().slice(1)).toEqual(['Still waiting for approval: Fail over']);

  played.forget();
  await recover(played.app);
  await played.until(at(5, 1));
  expect(notices()).toHaveLength(3);
  const first = await holdsUntil();
  await played.until(at(15, 1));
  const write = (await played.stream(run)).runs[run]?.steps['flag']?.write;
  expect(write).toMatchObject({ phase: 'approving', round: 2 });
  expect(Date.parse(await holdsUntil()) - Date.parse(first)).toBeGreaterThanOrEqual(15 * 60_000);
});

it('whoever may not break the glass is told before they write down why', async () => {
  const { press } = await asked();

  expect(await press('U0BEN', 'Break the glass')).toMatchObject({ code: 'run.not-in-group' });
});

it('a broken glass calls those whose approval it went without, outside of an incident too', async () => {
  const { played, press, notices, mentioned } = await asked();
  const before = mentioned().length;
  played.app.directory.groupsOf = async () => ['incident-commanders'];
  played.app.flags.set = async () => ({ kind: 'set', previous: false });

  expect(await press('U0CLEO', 'Break the glass', { reason: 'nobody answers' })).toMatchObject({
    kind: 'done',
  });
  await played.until(at(0, 10));

  expect(notices().at(-1)).toBe('Broke the glass: nobody answers');
  expect(mentioned().slice(before)).toEqual(['U0ANA', 'U0BEN', 'U0CLEO']);
});

/** A run that has asked for the approval of a write at three o'clock. */
async function asked() {
  const played = playApp({
    documents: [documentOf(runbook)],
    members: { 'payments-oncall': ['U0ANA', 'U0BEN'], 'incident-commanders': ['U0CLEO'] },
    settings: {
      connections: { house: { type: 'unleash', url: 'http://f', drill: false, options: {} } },
    },
  });
  played.app.flags.read = async () => ({ value: false });
  await played.until(at(0));
  const origin = { channel: 'C1', message: null };
  const started = await createUseCases(played.app).startRunbook({
    by: ana,
    origin,
    runbook: 'rehearsed',
    values: {},
  });
  const run = started.kind === 'done' ? (started.run ?? '') : '';
  await played.until(at(0, 5));
  return {
    played,
    run,
    notices: () =>
      played.posted.flatMap(({ message }) => (message.kind === 'notice' ? [message.text] : [])),
    press: async (id: string, label: string, values?: FormValues) => {
      const message = played.posted.findLast(({ message: { kind } }) => kind === 'run')?.message;
      const buttons = message?.kind === 'run' ? (message.question?.buttons ?? []) : [];
      const { control = '' } = buttons.find((button) => button.label === label) ?? {};
      return createUseCases(played.app).press({
        by: { id, name: id },
        control,
        origin,
        ...(values && { values }),
      });
    },
    mentioned: () =>
      played.posted.flatMap(({ message }) => (message.kind === 'notice' ? message.mention : [])),
    holdsUntil: async () => {
      const write = (await played.stream(run)).runs[run]?.steps['flag']?.write;
      return write !== undefined && write !== null && 'plan' in write ? write.plan.expiresAt : '';
    },
  };
}
