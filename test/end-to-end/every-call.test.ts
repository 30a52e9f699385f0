import { expect, it } from 'vitest';

import { kinds } from '#test/every-call/calls.ts';
import { siteBySite, wrongs } from '#test/every-call/plans.ts';
import { sweep } from '#test/every-call/sweep.ts';

it(
  'ends the incident of the report well though whatever goes out fails when it goes out first',
  { timeout: 900_000 },
  async () => {
    // One who says nothing takes long: that is for the long form.
    const quick = wrongs(kinds).filter(({ trouble }) => trouble !== 'silent');
    const plans = quick.flatMap((wrong) => siteBySite(wrong, 1));

    const { problems, sites } = await sweep(plans, { beside: 3 });

    expect(problems).toEqual([]);
    expect(sites).toBeGreaterThan(100);
  },
);
