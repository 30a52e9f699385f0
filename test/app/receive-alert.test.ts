import { randomBytes } from 'node:crypto';

import { expect, it } from 'vitest';

import { load } from '#app/load.ts';
import type { AlertNotification } from '#domain/alert.ts';
import type { AlertPolicy } from '#domain/runbook/settings.ts';
import { openApp } from '#test/support/app.ts';
import { clock } from '#test/support/give.ts';
import { runbookOf } from '#test/support/runbooks.ts';

const policy: AlertPolicy = { match: {}, severity: 'SEV1', declare: 'auto' };

const triggered = runbookOf(
  '  - {id: s, title: S, uses: manual, with: {instructions: Look}}',
  `triggers: [{alert: {alertname: Errors}, inputs: {region: '\${{ alert.labels.region }}'}}]
inputs: {region: {type: string, enum: [eu, us]}}`,
);

function notification(given: Partial<AlertNotification> = {}): AlertNotification {
  const labels = { alertname: 'Errors', region: 'eu', ...given.labels };
  const alert = { fingerprint: 'f', status: 'firing', labels, annotations: {} } as const;
  return {
    source: 'alertmanager',
    group: 'g',
    status: 'firing',
    annotations: {},
    alerts: [{ ...alert, startsAt: clock(0), endsAt: null, url: null }],
    ...given,
    labels,
  };
}

/** What the record has after these notifications: each of its incidents, oldest first. */
async function recordAfter(
  given: { alerts?: readonly AlertPolicy[] },
  ...notifications: readonly AlertNotification[]
) {
  await using opened = await openApp({
    runbooks: [triggered],
    settings: { alerts: given.alerts ?? [policy] },
  });
  for (const one of notifications) await opened.useCases.receiveAlert(one);
  const ids = await opened.app.store.streams({ prefix: 'inc-', limit: 10 });
  return await Promise.all(ids.toReversed().map((id) => load(opened.app, id)));
}

it('declares an incident and starts the runbooks that the alert triggers', async () => {
  const [only, ...others] = await recordAfter({}, notification());

  expect(others).toEqual([]);
  expect(only?.stream.incident).toMatchObject({ title: 'Errors', status: 'open', problems: {} });
  expect(Object.values(only?.stream.runs ?? {})).toMatchObject([{ inputs: { region: 'eu' } }]);
});

it.each([
  ['a value that the runbook does not take', { region: 'mars' }, /region: expected one of/],
  ['no value at all', { region: '' }, /region: /],
])(
  'loses no alert whose labels have %s for a runbook: the incident says so',
  async (_what, labels, why) => {
    const [only] = await recordAfter({}, notification({ labels }));

    const { incident, runs } = only?.stream ?? {};
    expect(incident?.alert).toMatchObject({ status: 'firing' });
    expect(Object.values(incident?.problems ?? {})).toEqual([expect.stringMatching(why)]);
    expect(Object.values(incident?.problems ?? {})[0]).toContain('Rehearsed');
    expect(runs).toEqual({});
  },
);

it('takes a group whose name is longer than any index has room for, and knows it again', async () => {
  const group = `{}:{description="${randomBytes(20_000).toString('base64')}"}`;
  const later = notification({ group, status: 'resolved' });

  const found = await recordAfter({}, notification({ group }), notification({ group }), later);

  expect(found).toHaveLength(1);
  expect(found[0]?.stream.incident?.alert).toMatchObject({ status: 'resolved' });
});

it('calls an incident by what the alert is called where its summary is empty', async () => {
  const [only] = await recordAfter({}, notification({ annotations: { summary: ' ' } }));
  expect(only?.stream.incident?.title).toBe('Errors');
});

it('asks for an alert again that it could not declare, so that mended settings take it', async () => {
  const alerts = [{ ...policy, severity: 'SEV9' }];
  await expect(recordAfter({ alerts }, notification())).rejects.toMatchObject({ retry: true });
});
