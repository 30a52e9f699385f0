import { setTimeout as wait } from 'node:timers/promises';

import type { Session } from './session.ts';

const lookEveryMs = 1_000;

/** Sees to it that somebody does what is due: this process, from when no bot is heard. */
export async function keepWorking(
  session: Session,
  signal: AbortSignal,
  told: () => void,
): Promise<void> {
  while (!signal.aborted) {
    if (!(await session.isAnyoneWorking())) {
      await session.startWorking();
      told();
      return;
    }
    await wait(lookEveryMs, undefined, { signal }).catch(() => {});
  }
}
