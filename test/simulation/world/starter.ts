import type { Random } from '#test/simulation/engine/random.ts';
import type { Schedule } from '#test/simulation/engine/schedule.ts';

import { ana } from './directory.ts';
import type { Replica } from './replica.ts';
import { aloneOf } from './scenery.ts';

/** Ana, who starts a runbook outside of an incident and asks again until it is taken. */
export type Starter = {
  start(runbook: string): void;
  /** Whether all that was asked for is taken. */
  isDone(): boolean;
};

const answerWithinMs = 3_000;

export function createStarter(deps: {
  schedule: Schedule;
  random: Random;
  replicas: () => readonly Replica[];
}): Starter {
  const { schedule, random, replicas } = deps;
  let waits = 0;

  /** It is the same request each time, which is done once. */
  function ask(runbook: string, once: string): void {
    let open = true;
    const taken = () => {
      if (open) waits -= 1;
      open = false;
    };
    schedule.after(answerWithinMs, () => {
      if (open) ask(runbook, once);
      open = false;
    });
    const replica = random.pick(replicas());
    replica?.machine.inside(() => void startOn(replica, { runbook, once }, taken));
  }

  return {
    isDone: () => waits === 0,
    start(runbook) {
      waits += 1;
      ask(aloneOf(runbook), `start-${waits}`);
    },
  };
}

async function startOn(
  { useCases }: Replica,
  { runbook, once }: { runbook: string; once: string },
  taken: () => void,
): Promise<void> {
  try {
    const reply = await useCases.startRunbook({
      by: { id: ana.id, name: ana.name },
      origin: { channel: 'C-incidents', message: null, once },
      runbook,
      values: {},
    });
    if (reply.kind === 'done') taken();
  } catch {
    // It is asked for again.
  }
}
