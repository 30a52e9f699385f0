import { expect, it } from 'vitest';

import type { Button } from '#ports/chat-messages.ts';
import { playApp } from '#test/support/played/played-app.ts';
import { documentOf, runbookOf } from '#test/support/runbooks.ts';

const runbook = runbookOf(
  '  - {id: flag, title: Fail over, uses: flags.set, with: {flag: f, value: true, connection: house}}',
  'triggers:\n  - alert: {alertname: Down}',
);
const at = (minutes: number) =>
  new Date(Date.parse('2026-11-24T03:00:00.000Z') + minutes * 60_000).toISOString();

it('is no open incident until somebody declares it', async () => {
  const { listed, takeIt } = await suggested();

  expect(await listed()).toEqual([]);

  await takeIt();
  expect(await listed()).toHaveLength(1);
});

it('asks nobody to approve what an alert only suggests until somebody declares it', async () => {
  const { played, home, approvers, takeIt } = await suggested();

  expect(approvers()).toEqual([]);
  expect(await home()).toEqual([]);

  await takeIt();
  await played.until(at(3));

  expect(approvers()).toEqual(['U0BEN', 'U0CLEO']);
  expect(await home()).toHaveLength(1);
});

/** An alert has only suggested an incident, and its run waits for the approval of a write. */
async function suggested() {
  const played = playApp({
    documents: [documentOf(runbook)],
    members: { 'payments-oncall': ['U0BEN'], 'incident-commanders': ['U0CLEO'] },
    settings: {
      alerts: [{ match: {}, severity: 'SEV2', declare: 'suggest' }],
      connections: { house: { type: 'unleash', url: 'http://f', drill: false, options: {} } },
      services: {
        checkout: {
          owner: 'payments',
          channel: '#checkout',
          environments: ['production'],
          connections: {},
          migrations: [],
          metrics: {},
        },
      },
    },
  });
  played.app.flags.read = async () => ({ value: false });
  const labels = { alertname: 'Down', service: 'checkout', environment: 'production' };
  const startsAt = '2026-11-24T02:58:00.000Z';
  await played.useCases.receiveAlert({
    source: 'alertmanager',
    group: 'down',
    status: 'firing',
    labels,
    annotations: {},
    alerts: [
      {
        fingerprint: 'f',
        status: 'firing',
        labels,
        annotations: {},
        startsAt,
        endsAt: null,
        url: null,
      },
    ],
  });
  await played.until(at(1));
  const [stream = ''] = await played.app.store.streams({ prefix: 'inc-', limit: 1 });
  const run = Object.values((await played.stream(stream)).runs)[0];
  expect(run?.steps['flag']?.write).toMatchObject({ phase: 'approving' });

  const buttons = (): readonly Button[] =>
    played.posted.flatMap(({ message }) => (message.kind === 'suggestion' ? message.buttons : []));
  return {
    played,
    approvers: () =>
      played.posted.flatMap(({ to, message }) => (message.kind === 'approval' ? [to] : [])),
    home: async () => {
      await played.useCases.openHome({ by: { id: 'U0BEN', name: 'ben' } });
      await played.until(new Date(Date.parse(played.at()) + 30_000).toISOString());
      return played.homes.get('U0BEN')?.approvals;
    },
    listed: async () => {
      const reply = await played.useCases.listIncidents({
        by: { id: 'U0BEN', name: 'ben' },
        origin: { channel: '#checkout', message: null },
      });
      return reply.kind === 'done' ? reply.incidents : reply;
    },
    takeIt: () =>
      played.useCases.press({
        by: { id: 'U0ANA', name: 'ana' },
        control: buttons()[0]?.control ?? '',
        origin: { channel: '#checkout', message: null },
      }),
  };
}
