import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Deployment } from '#domain/deploys/deployment.ts';
import { deploymentFacts, deploymentHistory } from '#domain/deploys/history.ts';

import { at, deployed, rolledBack } from './deployments.ts';

const started = at('09:10');

const suspectAt = (time: string) =>
  deploymentHistory([deployed('1842', time)], started).suspect?.build;

const target = (...list: readonly Deployment[]) =>
  deploymentHistory(list, started).rollbackTarget?.id;

describe('the suspect', () => {
  it('is the newest deployment that finished before the start', () => {
    const { suspect } = deploymentHistory(
      [deployed('1843', '09:11'), deployed('1842', '09:04'), deployed('1841', '08:40')],
      started,
    );

    expect(suspect?.build).toBe('1842');
  });

  it('counts from the first to the last moment of the hour, and nothing outside of it', () => {
    expect(suspectAt('08:09')).toBeUndefined();
    expect(suspectAt('08:10')).toBe('1842');
    expect(suspectAt('09:10')).toBe('1842');
    expect(suspectAt('09:11')).toBeUndefined();
  });

  it('may have failed, but not be still on its way', () => {
    const failed = deployed('1842', '09:04', { status: 'failed' });
    const running = deployed('1843', '09:05', { status: 'running', finishedAt: null });

    expect(deploymentHistory([running, failed], started).suspect?.build).toBe('1842');
  });

  it('goes by when the deployments took traffic, not by their order in the list', () => {
    const { suspect } = deploymentHistory(
      [deployed('1841', '08:50'), deployed('1842', '09:04')],
      started,
    );

    expect(suspect?.build).toBe('1842');
  });
});

describe('the rollback target', () => {
  it('is the build before, if that one lived for ten minutes', () => {
    expect(target(deployed('1842', '09:04'), deployed('1841', '08:54'))).toBe('d1841');
  });

  it('passes over a build that was replaced sooner', () => {
    expect(
      target(deployed('1842', '09:04'), deployed('1841', '08:55'), deployed('1840', '07:00')),
    ).toBe('d1840');
  });

  it('passes over deployments that failed, and over other deployments of the same build', () => {
    expect(
      target(
        deployed('1842', '09:04'),
        deployed('1842', '08:40', { id: 'first try' }),
        deployed('1841', '08:00', { status: 'failed' }),
        deployed('1840', '07:00'),
      ),
    ).toBe('d1840');
  });

  it('is never the bad build again after a rollback', () => {
    expect(
      target(
        rolledBack('1841', '08:30', '1842'),
        deployed('1842', '08:10'),
        deployed('1841', '07:00'),
        deployed('1840', '06:00'),
      ),
    ).toBe('d1840');
  });

  it('may be the deployment that an earlier rollback made, but not a redeployed bad build', () => {
    expect(
      target(
        deployed('1843', '09:04'),
        deployed('1842', '08:50', { id: 'again' }),
        rolledBack('1841', '08:30', '1842'),
        deployed('1842', '08:10'),
        deployed('1841', '07:00'),
      ),
    ).toBe('r1841');
  });

  it('is not a build that somebody tried to roll back from in vain', () => {
    expect(
      target(
        deployed('1843', '09:04'),
        deployed('1841', '08:30', { id: 'f', status: 'failed', rolledBackFrom: 'd1842' }),
        deployed('1842', '08:10'),
      ),
    ).toBeUndefined();
  });

  it('is never what runs, what failed or what was rolled back from, whatever the history', () => {
    const history = fc.array(
      fc.record({
        build: fc.constantFrom('1', '2', '3', '4'),
        minute: fc.integer({ min: 10, max: 59 }),
        status: fc.constantFrom('succeeded' as const, 'failed' as const, 'running' as const),
        rolledBackFrom: fc.option(fc.constantFrom('0', '1', '2', '3')),
      }),
      { maxLength: 8 },
    );

    fc.assert(
      fc.property(history, (entries) => {
        const list = entries.map(({ build, minute, ...rest }, index) =>
          deployed(build, `08:${minute}`, { ...rest, id: String(index) }),
        );
        const { current, rollbackTarget } = deploymentHistory(list, started);
        if (rollbackTarget === null) return;

        expect(rollbackTarget.status).toBe('succeeded');
        expect(rollbackTarget.build).not.toBe(current?.build);
        expect(list.map((each) => each.rolledBackFrom)).not.toContain(rollbackTarget.id);
      }),
    );
  });
});

describe('the facts for a runbook', () => {
  it('leave out what there is not, so that has() is false', () => {
    expect(deploymentFacts([], started, started)).toEqual({ deployments: [] });
    expect(deploymentFacts([deployed('1842', '07:00')], started, started)).not.toHaveProperty(
      'suspect',
    );
  });

  it('say how long before the start the suspect came, and how old each deployment is', () => {
    const facts = deploymentFacts(
      [deployed('1842', '09:04'), deployed('1841', '06:00')],
      started,
      at('09:12'),
    );

    expect(facts).toMatchObject({
      current: { build: '1842', at: at('09:04'), age: '8m' },
      previous: { build: '1841', age: '3h12m' },
      suspect: { build: '1842', before: '6m' },
      rollbackTarget: { build: '1841' },
    });
  });
});
