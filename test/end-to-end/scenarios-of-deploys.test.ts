import { expect, it } from 'vitest';

import { configurationDrift } from '#practice/scenarios/configuration-drift.ts';
import { rollbackDoesNotHelp } from '#practice/scenarios/rollback-does-not-help.ts';
import {
  failures,
  inOrder,
  longest,
  playScenario,
  quietShop,
  timelineOf,
} from '#test/support/play-scenario.ts';
import { openWorld } from '#test/support/world.ts';

const windows = { rate: '3s', hold: '1s', every: '200ms', giveUp: '12s' };

it(
  'a drift: found against staging, put back by a request that somebody approves',
  longest,
  async () => {
    await using world = await openWorld({ shop: quietShop });
    await playScenario(world, configurationDrift);

    expect(await failures(world, 'HTTP 401')).toBeGreaterThan(0);
    expect(await world.rollbacks()).toEqual([]);
    const timeline = await timelineOf(world);
    // These checks run at one time: either may be the first to end.
    expect(timeline).toContain('What changed just before it started: OK. Nothing was deployed');
    expect(timeline).toEqual(
      inOrder(
        /Does what was deployed still run: Problem found/,
        /Approved: Put the deployed settings back/,
        /Put the deployed settings back: done. Answered 200/,
        /Pay with a wallet: OK/,
        /Resolved/,
      ),
    );
  },
);

it(
  'an innocent deploy: one rollback, which does not help, and then the real cause',
  longest,
  async () => {
    await using world = await openWorld({ windows, shop: quietShop });
    await playScenario(world, rollbackDoesNotHelp);

    expect(await failures(world, 'ECONNREFUSED')).toBeGreaterThan(0);
    expect(await world.rollbacks()).toMatchObject([{ to: 'production-3', status: 'succeeded' }]);
    expect(await timelineOf(world)).toEqual(
      inOrder(
        /Chose Roll back/,
        /Roll back checkout: done/,
        /Healthy again, and staying so: Problem found/,
        /Done: Triage by hand/,
        /Chose Gateway is down/,
        /Done: Page the gateway provider/,
        /Healthy again, and staying so: OK/,
        /Resolved/,
      ),
    );
  },
);
