import { expect, it } from 'vitest';

import { createLately } from '#practice/shop/checkout/lately.ts';

it('tells how customers fared over the last ten seconds, and of nothing older', () => {
  let now = 0;
  const lately = createLately(() => now);
  expect(lately.now()).toEqual({ perSecond: 0, errorRate: null, p95Seconds: null });

  for (let order = 0; order < 19; order += 1) lately.add({ failed: false, seconds: 0.1 });
  now = 6000;
  lately.add({ failed: true, seconds: 2 });
  expect(lately.now()).toEqual({ perSecond: 2, errorRate: 0.05, p95Seconds: 0.1 });

  now = 11_000;
  expect(lately.now()).toEqual({ perSecond: 0.1, errorRate: 1, p95Seconds: 2 });
});
