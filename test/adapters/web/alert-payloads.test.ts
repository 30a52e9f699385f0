import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { ReadAlert } from '#adapters/web/alert-webhook.ts';
import { readAlertmanagerPayload } from '#adapters/web/alertmanager-payload.ts';
import { readGitHubPayload } from '#adapters/web/github-payload.ts';
import { readGrafanaPayload } from '#adapters/web/grafana-payload.ts';
import { readPagerDutyPayload } from '#adapters/web/pagerduty-payload.ts';

import { fixture, fixturesOf, hostile, placesIn, replaced } from './changed-payloads.ts';

const sources: Readonly<Record<string, ReadAlert>> = {
  alertmanager: readAlertmanagerPayload,
  grafana: readGrafanaPayload,
  pagerduty: readPagerDutyPayload,
};

describe('what Grafana sends', () => {
  it('is read with all its alerts, a group of its organisation', () => {
    const read = notificationIn(readGrafanaPayload, 'grafana/firing');

    expect(read).toMatchObject({
      source: 'grafana',
      group: expect.stringMatching(/^grafana:1:\{\}\/\{service="checkout"\}:/),
      status: 'firing',
      labels: { alertname: 'CheckoutErrorRateHigh', service: 'checkout' },
      annotations: { summary: 'Checkout answers with 500 more often than it may' },
      alerts: [
        { fingerprint: 'c6eadffa33fcdf01', startsAt: '2026-11-24T09:31:03.157Z', endsAt: null },
        { fingerprint: 'c6eadffa33fcdf02', endsAt: null },
      ],
    });
  });

  it('still fires as a group when a part of it is resolved', () => {
    expect(notificationIn(readGrafanaPayload, 'grafana/partly-resolved')).toMatchObject({
      status: 'firing',
      alerts: [{ endsAt: null }, { status: 'resolved', endsAt: '2026-11-24T09:36:13.200Z' }],
    });
    expect(notificationIn(readGrafanaPayload, 'grafana/resolved')).toMatchObject({
      status: 'resolved',
    });
  });

  it('is told from what an Alertmanager sends', () => {
    expect(readGrafanaPayload(fixture('alertmanager/0.28-group-firing')).ok).toBe(false);
    expect(readAlertmanagerPayload(fixture('grafana/firing')).ok).toBe(false);
  });
});

describe('what PagerDuty sends', () => {
  it('is a group of one alert for each incident there', () => {
    expect(notificationIn(readPagerDutyPayload, 'pagerduty/triggered')).toEqual({
      source: 'pagerduty',
      group: 'pagerduty:PCHECK1',
      status: 'firing',
      labels: {
        alertname: 'Checkout answers with 500 more often than it may',
        service: 'checkout',
        service_id: 'PSHOP01',
        urgency: 'high',
        priority: 'P1',
        escalation_policy: 'Payments',
      },
      annotations: { summary: 'Checkout answers with 500 more often than it may' },
      alerts: [
        expect.objectContaining({
          fingerprint: 'PCHECK1',
          startsAt: '2026-11-24T09:31:06.000Z',
          endsAt: null,
          url: 'https://acme.pagerduty.example/incidents/PCHECK1',
        }),
      ],
    });
  });

  it('ends with its resolution, and begins anew where it is reopened', () => {
    expect(notificationIn(readPagerDutyPayload, 'pagerduty/resolved')).toMatchObject({
      status: 'resolved',
      alerts: [{ startsAt: '2026-11-24T09:31:06.000Z', endsAt: '2026-11-24T09:48:10.001Z' }],
    });
    expect(notificationIn(readPagerDutyPayload, 'pagerduty/reopened')).toMatchObject({
      status: 'firing',
      alerts: [{ startsAt: '2026-11-24T09:51:40.000Z', endsAt: null }],
    });
  });

  it.each(['annotated', 'ping'])('is passed over where it says nothing to us: %s', (name) => {
    expect(readPagerDutyPayload(fixture(`pagerduty/${name}`))).toEqual({
      ok: true,
      notification: null,
    });
  });

  it.each<[string, object, string]>([
    ['no id', { id: '' }, 'event.data.id'],
    ['no service', { service: null }, 'event.data.service'],
    ['a time that is none', { created_at: 'now' }, 'event.data.created_at'],
  ])('with %s is refused, and the reason names the place', (_what, change, place) => {
    const sent = JSON.parse(fixture('pagerduty/triggered'));
    const data = { ...sent.event.data, ...change };

    const read = readPagerDutyPayload(JSON.stringify({ event: { ...sent.event, data } }));

    expect(read).toMatchObject({
      ok: false,
      reason: expect.stringMatching(new RegExp(`^${place}:`)),
    });
  });
});

describe.each(Object.entries(sources))('a body under the name of %s', (source, read) => {
  it('is read or refused with a short reason, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        expect(isClean(read, text)).toBe(true);
      }),
    );
  });

  it.each(fixturesOf(source))(
    'is read or refused with a short reason, whatever one of its values is: %s',
    (name) => {
      const sent: unknown = JSON.parse(fixture(`${source}/${name}`));
      const value = fc.oneof(fc.jsonValue(), hostile);
      fc.assert(
        fc.property(fc.constantFrom(...placesIn(sent)), value, (place, by) => {
          expect(isClean(read, JSON.stringify(replaced(sent, place, by)))).toBe(true);
        }),
        { numRuns: 300 },
      );
    },
  );

  it('is refused in pieces', () => {
    const [name = ''] = fixturesOf(source);
    const whole = fixture(`${source}/${name}`).trim();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (end) => {
        expect(read(whole.slice(0, end)).ok).toBe(false);
      }),
    );
  });
});

describe('a body under the name of GitHub', () => {
  it('is read or refused with a short reason, whatever it is', () => {
    const sent = {
      action: 'opened',
      number: 1,
      pull_request: { head: { sha: 'a'.repeat(40) } },
      repository: { full_name: 'acme/runbooks' },
      ref: 'refs/heads/main',
    };
    const name = fc.constantFrom('pull_request', 'push', 'ping', '__proto__', '');
    const value = fc.oneof(fc.jsonValue(), hostile);
    fc.assert(
      fc.property(name, fc.constantFrom(...placesIn(sent)), value, (event, place, by) => {
        const read = readGitHubPayload(event, JSON.stringify(replaced(sent, place, by)));
        expect(read.ok || read.reason.length < 1_000).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

/** Either a notification that can be stored and whose times are times, or a reason that fits a line. */
function isClean(read: ReadAlert, text: string): boolean {
  const found = read(text);
  if (!found.ok) return found.reason.length < 1_000;
  if (found.notification === null) return true;
  const { alerts, group } = found.notification;
  const stored = JSON.stringify(found.notification);
  return (
    group !== '' &&
    alerts.length > 0 &&
    !/\\u0000|\\ud[89a-f]/.test(stored) &&
    alerts.every(({ startsAt, endsAt }) =>
      [startsAt, endsAt ?? startsAt].every((at) => new Date(at).toISOString() === at),
    )
  );
}

function notificationIn(read: ReadAlert, name: string) {
  const found = read(fixture(name));
  return found.ok ? found.notification : found.reason;
}
