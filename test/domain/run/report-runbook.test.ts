import { expect, test } from 'vitest';

import type { RehearsalCase } from '#domain/rehearsal/rehearsal-case.ts';
import { rehearse } from '#domain/rehearsal/rehearse.ts';
import { fixtureRunbook, settings } from '#test/support/runbooks.ts';

const runbook = fixtureRunbook('checkout-bad-gateway-url');

const badUrl: RehearsalCase = {
  inputs: { environment: 'production' },
  mocks: {
    symptom: [{ value: 0.42 }],
    what_changed: [{ suspect: { build: '1842', before: '6m' }, rollbackTarget: { build: '1841' } }],
    'gateways.dns': [{ answers: ['192.0.2.10'] }],
    'gateways.tls': [{ authorized: true, daysLeft: 60 }],
    'gateways.http': [{ status: 200, duration: '80ms' }],
    config: [
      { violations: [{ key: 'PAYMENT_GATEWAY_URL', rule: 'url.host', message: 'not allowed' }] },
    ],
    rollback: [{ status: 'succeeded' }],
    recovery: [{ value: 0.2 }, { value: 0.01 }],
    smoke: [{ verdict: 'pass' }],
  },
  people: [
    { step: 'decide', user: 'ana', choose: 'rollback' },
    { step: 'rollback', user: 'ana', approve: true, expect: 'refused' },
    { step: 'rollback', user: 'ben', approve: true },
    { step: 'resolve', user: 'ana', confirm: true },
  ],
};

test('a bad URL was shipped, and the rollback restores the service', () => {
  const { failures, run, stream } = rehearse(
    { runbook, settings },
    {
      ...badUrl,
      expect: {
        status: 'succeeded',
        path: [
          'symptom',
          'what_changed',
          'gateways',
          'config',
          'decide',
          'rollback',
          'recovery',
          'smoke',
          'resolve',
        ],
        recommended: { decide: 'rollback' },
        verdicts: { config: 'fail', gateways: 'pass', recovery: 'pass' },
        writes: ['rollback'],
        elapsed: { lessThan: '20m' },
      },
    },
  );

  expect(failures).toEqual([]);
  expect(run.steps['what_changed']?.finished?.finding).toBe('1842 shipped 6m before');
  expect(stream.incident).toMatchObject({
    status: 'resolved',
    cause: 'Deploy 1842 shipped 1 wrong setting(s).',
  });
});

test('the rollback does not help, and a person is led to triage and back to the start', () => {
  const { failures } = rehearse(
    { runbook, settings },
    {
      ...badUrl,
      mocks: { ...badUrl.mocks, recovery: [{ value: 0.2 }] },
      people: (badUrl.people ?? []).slice(0, 3),
      expect: { waitingOn: 'triage', verdicts: { recovery: 'fail' }, writes: ['rollback'] },
    },
  );
  expect(failures).toEqual([]);
});

test('the error rate is normal: a false alarm is resolved without asking for anything else', () => {
  const { failures } = rehearse(
    { runbook, settings },
    {
      mocks: { symptom: { value: 0.01 } },
      people: [{ step: 'false_alarm', user: 'ana', confirm: true }],
      expect: { status: 'succeeded', path: ['symptom', 'false_alarm'], writes: [] },
    },
  );
  expect(failures).toEqual([]);
});

test('the metrics back end returns nothing, and a person stops', () => {
  const { failures } = rehearse(
    { runbook, settings },
    {
      mocks: { symptom: [{ value: null }] },
      people: [{ step: 'symptom', user: 'ana', stop: true }],
      expect: { status: 'stopped', verdicts: { symptom: 'inconclusive' }, writes: [] },
    },
  );
  expect(failures).toEqual([]);
});

test('a read without a mock fails the rehearsal and says which', () => {
  const { failures } = rehearse({ runbook, settings }, { mocks: { symptom: { value: 0.42 } } });
  expect(failures).toMatchObject([{ message: 'what_changed was reached and has no mock' }]);
});
