import { describe, expect, it } from 'vitest';

import { planHashInput, planRollback } from '#domain/deploys/plan.ts';

import { at, deployed, rolledBack } from './deployments.ts';

const bad = deployed('1842', '09:04', { files: ['config/production.env', 'db/migrations/7.sql'] });
const good = deployed('1841', '07:00');

const plan = (given: Partial<Parameters<typeof planRollback>[0]> = {}) =>
  planRollback({
    service: 'checkout',
    environment: 'production',
    deployments: [bad, good],
    startedAt: at('09:10'),
    now: at('09:18'),
    migrations: ['db/migrations/**'],
    ...given,
  });

describe('planning a rollback', () => {
  it('goes from what runs now to the target, and says what that takes back', () => {
    const planned = plan({
      configurationFrom: {
        URL: { value: 'bad', secret: false },
        KEY: { value: null, secret: true },
        NEW: { value: 'x', secret: false },
      },
      configurationTo: {
        URL: { value: 'good', secret: false },
        KEY: { value: null, secret: true },
        OLD: { value: null, secret: true },
      },
    });

    expect(planned).toEqual({
      kind: 'plan',
      plan: {
        action: 'deploys.rollback',
        service: 'checkout',
        environment: 'production',
        from: { id: 'd1842', build: '1842' },
        to: { id: 'd1841', build: '1841' },
        age: '2h18m',
        commits: ['commit of 1842'],
        files: ['config/production.env', 'db/migrations/7.sql'],
        configKeys: ['NEW', 'OLD', 'URL'],
        migrations: ['db/migrations/7.sql'],
      },
    });
  });

  it('counts the changes of every deployment in between, of failed ones too', () => {
    const between = deployed('1841b', '08:00', {
      status: 'failed',
      files: ['db/migrations/6.sql'],
    });

    expect(plan({ deployments: [bad, between, good] })).toMatchObject({
      plan: { migrations: ['db/migrations/7.sql', 'db/migrations/6.sql'] },
    });
  });

  it('has no target when no earlier build proved healthy', () => {
    expect(plan({ deployments: [bad] })).toMatchObject({ kind: 'noTarget' });
    expect(plan({ deployments: [] })).toMatchObject({ kind: 'noTarget' });
  });

  it('takes a build or an id, and says when there is no such deployment', () => {
    const oldest = deployed('1840', '05:00');
    const deployments = [bad, good, oldest];

    expect(plan({ deployments, to: '1840' })).toMatchObject({ plan: { to: { id: 'd1840' } } });
    expect(plan({ deployments, to: 'd1840' })).toMatchObject({ plan: { to: { build: '1840' } } });
    expect(plan({ deployments, to: '17' })).toMatchObject({ kind: 'noTarget' });
    expect(plan({ deployments, from: '17' })).toMatchObject({ kind: 'noTarget' });
  });
});

describe('planning again just before acting', () => {
  const approved = { from: 'd1842', to: 'd1841' };

  it('makes the same plan while nothing has changed, whatever the time', () => {
    const first = plan(approved);
    const later = plan({ ...approved, now: at('09:30') });

    if (first.kind !== 'plan' || later.kind !== 'plan') throw new Error('no plan');
    expect(later.plan.age).not.toBe(first.plan.age);
    expect(planHashInput(later.plan)).toEqual(planHashInput(first.plan));
  });

  it('is not needed once somebody rolled back to the same build', () => {
    const deployments = [rolledBack('1841', '09:18', '1842'), bad, good];

    const message = 'Already on 1841 since 09:18, by ben';
    expect(plan({ ...approved, deployments })).toEqual({ kind: 'notNeeded', message });
    expect(plan({ from: '1842', deployments })).toEqual({ kind: 'notNeeded', message });
  });

  it('does not act on what is no longer there', () => {
    const deployments = [deployed('1843', '09:17'), bad, good];

    expect(plan({ ...approved, deployments })).toEqual({
      kind: 'noTarget',
      message: '1843 runs now, not 1842.',
    });
  });
});

describe('after a rollback during this incident', () => {
  const older = deployed('1840', '05:00');
  const deployments = [rolledBack('1841', '09:18', '1842'), bad, good, older];

  it('never offers the next older build by itself', () => {
    expect(plan({ deployments })).toMatchObject({ kind: 'notNeeded' });
  });

  it('goes further back when a person names the build', () => {
    expect(plan({ deployments, to: '1840' })).toMatchObject({
      plan: { from: { build: '1841' }, to: { build: '1840' } },
    });
  });

  it('plans as usual when a later incident begins', () => {
    expect(plan({ deployments, startedAt: at('12:00') })).toMatchObject({
      plan: { from: { build: '1841' }, to: { build: '1840' } },
    });
  });
});

describe('what the code host says', () => {
  const changes = { commits: ['abc New URLs'], files: ['db/migrations/7.sql'] };

  it('fills in what the deploy API does not tell, migrations included', () => {
    const deployments = [bad, good].map((each) => ({ ...each, commits: [], files: [] }));
    expect(plan({ deployments, changes })).toMatchObject({
      plan: { ...changes, migrations: changes.files },
    });
  });

  it('counts for nothing where the deploy API tells', () => {
    expect(plan({ changes })).toMatchObject({ plan: { commits: ['commit of 1842'] } });
  });
});
