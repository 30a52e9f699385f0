import { describe, expect, it } from 'vitest';

import type { JsonObject } from '#domain/json.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';
import { stepKinds } from '#domain/runbook/kinds/registry.ts';

describe('the verdict of a kind by itself', () => {
  it.each<[string, JsonObject, JsonObject, string | null]>([
    ['check.http', { status: 204, duration: '1s' }, {}, 'pass'],
    ['check.http', { status: 302, duration: '1s' }, {}, 'fail'],
    ['check.http', { status: 302, duration: '1s' }, { expect: { status: [301, 302] } }, 'pass'],
    ['check.http', { status: 201, duration: '1s' }, { expect: { status: 200 } }, 'fail'],
    ['check.http', { status: 200, duration: '2s' }, { expect: { maxDuration: '2s' } }, 'pass'],
    ['check.http', { status: 200, duration: '2001ms' }, { expect: { maxDuration: '2s' } }, 'fail'],
    ['check.http', { status: 200 }, { expect: { maxDuration: '2s' } }, 'fail'],
    ['check.http', { status: 200, problems: ['body'] }, {}, 'fail'],
    ['check.http', {}, {}, 'inconclusive'],
    ['check.tls', { authorized: true, daysLeft: 14 }, {}, 'pass'],
    ['check.tls', { authorized: true, daysLeft: 13 }, {}, 'fail'],
    ['check.tls', { authorized: true, daysLeft: 7 }, { minDaysLeft: 7 }, 'pass'],
    ['check.tls', { authorized: false, daysLeft: 60 }, {}, 'fail'],
    ['check.tls', { authorized: true, daysLeft: null }, {}, 'inconclusive'],
    ['check.dns', { answers: ['192.0.2.1'] }, {}, 'pass'],
    ['check.dns', { answers: [] }, {}, 'fail'],
    ['check.dns', { answers: ['192.0.2.1'] }, { expect: ['192.0.2.2'] }, 'fail'],
    ['check.dns', {}, {}, 'inconclusive'],
    ['check.tcp', { connected: true }, {}, 'pass'],
    ['check.tcp', { connected: false }, {}, 'fail'],
    ['check.config', { violations: [] }, {}, 'pass'],
    ['check.config', { violations: [{ key: 'A', rule: 'url', message: 'x' }] }, {}, 'fail'],
    ['check.config', {}, {}, 'inconclusive'],
    ['check.load', { requests: 10, errorRate: 0 }, {}, 'pass'],
    ['check.load', { requests: 10, errorRate: 0.1 }, {}, 'fail'],
    ['check.load', { requests: 0, errorRate: 0 }, {}, 'inconclusive'],
    ['check.load', { requests: 10, errorRate: null }, {}, 'inconclusive'],
    ['check.metric', { value: 1 }, {}, null],
    ['deploys.list', { deployments: [] }, {}, null],
  ])('of %s with %j, expecting %j, is %s', (uses, result, inputs, verdict) => {
    expect(kindOf(uses)?.defaultVerdict(result, inputs)?.verdict ?? null).toBe(verdict);
  });

  it('is never a pass for a result that is empty', () => {
    const passing = stepKinds.filter((kind) => kind.defaultVerdict({}, {})?.verdict === 'pass');
    expect(passing).toEqual([]);
  });
});

describe('the kinds of step', () => {
  it('are found by name, and only by their own', () => {
    expect(kindOf('deploys.rollback')).toMatchObject({ role: 'write', connectionRole: 'deploys' });
    expect(kindOf('toString')).toBeNull();
    expect(new Set(stepKinds.map(({ name }) => name)).size).toBe(stepKinds.length);
  });

  it('take the keys that they inherit', () => {
    const place = { connection: 'c', service: 's', environment: 'e' };
    for (const kind of stepKinds) {
      const inherited = Object.fromEntries(kind.inherits.map((key) => [key, place[key]]));
      const issues = kind.with.safeParse(inherited).error?.issues ?? [];
      expect(issues.filter(({ code }) => code === 'unrecognized_keys')).toEqual([]);
    }
  });
});

it('counts the settings that are wrong, not the rules that they break', () => {
  const violations = ['url.host', 'url.notMatching'].map((rule) => ({
    key: 'A',
    rule,
    message: 'x',
  }));

  expect(kindOf('check.config')?.defaultVerdict?.({ violations }, {})).toMatchObject({
    verdict: 'fail',
    why: '1 wrong setting',
  });
});
