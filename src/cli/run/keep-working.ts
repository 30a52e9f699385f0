import { setTimeout as wait } from 'node:timers/promises';

import { PortError } from '#ports/port-error.ts';

import type { Session } from './session.ts';

type Worker = Pick<Session, 'isAnyoneWorking' | 'startWorking'>;

const lookEveryMs = 1_000;

/** Sees to it that somebody does what is due: this process, from when no bot is heard. */
export async function keepWorking(
  session: Worker,
  signal: AbortSignal,
  told: () => void,
): Promise<void> {
  while (!signal.aborted) {
    if (!(await isAnyoneWorking(session))) {
      await session.startWorking();
      told();
      return;
    }
    await wait(lookEveryMs, undefined, { signal }).catch(() => {});
  }
}

/** A database that is silent for a moment says nothing about the bot. */
async function isAnyoneWorking(session: Worker): Promise<boolean> {
  try {
    return await session.isAnyoneWorking();
  } catch (error) {
    if (error instanceof PortError && error.retry) return true;
    throw error;
  }
}
