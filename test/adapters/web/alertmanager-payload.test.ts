import { readFile } from 'node:fs/promises';

import { describe, expect, it } from 'vitest';

import { readAlertmanagerPayload } from '#adapters/web/alertmanager-payload.ts';

describe('a payload of Alertmanager', () => {
  it.each(['0.25-firing', '0.28-group-firing', '0.28-group-partly-resolved', '0.25-resolved'])(
    'of version %s is read with all its alerts',
    async (name) => {
      const text = await fixture(name);
      const sent = JSON.parse(text);

      const read = readAlertmanagerPayload(text);

      expect(read).toMatchObject({
        ok: true,
        notification: {
          source: 'alertmanager',
          group: sent.groupKey,
          status: sent.status,
          labels: sent.commonLabels,
          annotations: sent.commonAnnotations,
        },
      });
      expect(alertsOf(read).map((alert) => alert.fingerprint)).toEqual(
        sent.alerts.map((alert: { fingerprint: string }) => alert.fingerprint),
      );
    },
  );

  it('has no end while it fires, whatever year is written there', async () => {
    const alerts = alertsOf(readAlertmanagerPayload(await fixture('0.25-firing')));

    expect(alerts).toMatchObject([{ status: 'firing', endsAt: null }]);
  });

  it('still fires as a group when a part of it is resolved', async () => {
    const read = readAlertmanagerPayload(await fixture('0.28-group-partly-resolved'));

    expect(read).toMatchObject({ notification: { status: 'firing' } });
    expect(alertsOf(read)).toMatchObject([
      { status: 'firing', endsAt: null },
      { status: 'resolved', endsAt: '2026-11-22T09:36:34.209Z' },
    ]);
  });

  it('may have fields that are new', async () => {
    const sent = JSON.parse(await fixture('0.25-firing'));

    expect(readAlertmanagerPayload(JSON.stringify({ ...sent, newField: [1] })).ok).toBe(true);
  });

  it.each<[string, object, string]>([
    ['no group', { groupKey: '' }, 'groupKey'],
    ['another version', { version: '3' }, 'version'],
    ['no alerts', { alerts: [] }, 'alerts'],
    ['an unknown status', { status: 'pending' }, 'status'],
    ['a label that is no text', { commonLabels: { a: 1 } }, 'commonLabels.a'],
  ])('with %s is refused, and the reason names the place', async (_what, change, place) => {
    const sent = JSON.parse(await fixture('0.25-firing'));

    const read = readAlertmanagerPayload(JSON.stringify({ ...sent, ...change }));

    expect(read).toMatchObject({
      ok: false,
      reason: expect.stringMatching(new RegExp(`^${place}:`)),
    });
  });
});

it.each(['9999-12-31T23:59:59-23:00', '0000-01-01T00:00:00+01:00'])(
  'is refused with a time that could not be recorded: %s',
  async (startsAt) => {
    const sent = JSON.parse(await fixture('0.25-firing'));
    const alerts = [{ ...sent.alerts[0], startsAt }];

    const read = readAlertmanagerPayload(JSON.stringify({ ...sent, alerts }));

    expect(read).toMatchObject({ ok: false, reason: expect.stringMatching(/^alerts.0.startsAt:/) });
  },
);

it.each(['"b"', '{"b":"c"}'])(
  'has the last of a name that stands twice, and no other prototype for its __proto__: %s',
  async (value) => {
    const sent = JSON.stringify({ ...JSON.parse(await fixture('0.25-firing')), commonLabels: 0 });
    const labels = `{"__proto__":${value},"a":"1","constructor":"x","a":"2"}`;

    const read = readAlertmanagerPayload(
      sent.replace('"commonLabels":0', `"commonLabels":${labels}`),
    );

    const found = read.ok ? read.notification?.labels : null;
    expect(found).toEqual({ a: '2', constructor: 'x' });
    expect(Object.getPrototypeOf(found)).toBe(Object.prototype);
  },
);

it('is taken with U+FFFD where nothing can be stored, in names, too', async () => {
  const sent = JSON.parse(await fixture('0.25-firing'));
  const [alert] = sent.alerts;
  const labels = { 'na\0me': 'half \ud800' };
  const text = JSON.stringify({ ...sent, groupKey: 'a\0', alerts: [{ ...alert, labels }] });

  const read = readAlertmanagerPayload(text);

  expect(read).toMatchObject({ ok: true, notification: { group: 'a\uFFFD' } });
  expect(alertsOf(read)).toMatchObject([{ labels: { 'na\uFFFDme': 'half \uFFFD' } }]);
});

function alertsOf(read: ReturnType<typeof readAlertmanagerPayload>) {
  return read.ok ? (read.notification?.alerts ?? []) : [];
}

function fixture(name: string): Promise<string> {
  return readFile(new URL(`../../fixtures/alertmanager/${name}.json`, import.meta.url), 'utf8');
}
