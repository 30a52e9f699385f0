import { setTimeout as wait } from 'node:timers/promises';

import type { Clock } from '#ports/clock.ts';

export const systemClock: Clock = {
  now: () => new Date(),
  pause: (ms, signal) => wait(ms, undefined, { signal }),
  deadline: (ms) => AbortSignal.timeout(ms),
};
