import type { RunView } from '#app/use-cases.ts';
import { tell } from '#cli/output.ts';

import { lookAt } from './follow-run.ts';
import type { Session } from './session.ts';

/** An act is recorded at once; that something comes of it takes a bot, or a terminal with the run. */
export async function tellIfNobodyWorks(
  session: Session,
  { message: { run } }: RunView,
): Promise<void> {
  if (await session.isAnyoneWorking()) return;
  if ((await lookAt(session, run)).message.endedAt !== null) return;
  tell(
    `No bot is running, so nothing goes on yet. This terminal can do the work: handrail run --resume ${run}${session.flags}`,
  );
}
