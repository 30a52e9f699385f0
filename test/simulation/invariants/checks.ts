import type { World } from '#test/simulation/world/world.ts';

import { alertsOnce, formsOnce, notesOnce, pressesOnce } from './arrivals.ts';
import { chainHolds } from './chain.ts';
import { greenWithData, redWithData } from './evidence.ts';
import type { Recorded } from './record.ts';
import { screenIsRight } from './screen.ts';
import {
  approvedByOthers,
  attemptsApart,
  doneAsApproved,
  plansExpire,
  doneByThoseWhoMay,
  toldAsItWas,
  writtenOnce,
  writtenOnRecord,
} from './writes.ts';

/** What must hold at the end of every seed; each answers with what does not. */
export const checks: Readonly<
  Record<string, (world: World, record: readonly Recorded[]) => readonly string[]>
> = {
  'nothing is written twice': writtenOnce,
  'what is written is on record': writtenOnRecord,
  'attempts keep apart': attemptsApart,
  'no write without a second person': approvedByOthers,
  'what is done is what was approved': doneAsApproved,
  'the record says what became of a write': toldAsItWas,
  'who may do nothing does nothing': doneByThoseWhoMay,
  'no plan outlives its time': plansExpire,
  'no green without data': greenWithData,
  'no red without data': redWithData,
  'every acknowledged alert is recorded once': alertsOnce,
  'every acknowledged note is recorded once': notesOnce,
  'every acknowledged press is recorded once': pressesOnce,
  'every form is taken once': formsOnce,
  'the chain is intact': chainHolds,
  'the screen says what the record says': screenIsRight,
  'everything ends': ({ ended }) => (ended ? [] : ['a stream is still open']),
  'nothing is left undone': leftUndone,
  'nothing fails by a fault of ours': ({ surprises }) => surprises,
};

/** A job that killed three workers may be set aside; what was set aside is due again at the next start. */
function leftUndone({ database, schedule }: World): string[] {
  const { queue } = database;
  return [
    ...queue
      .waiting()
      .filter(({ runAt }) => runAt < schedule.now() - 30_000)
      .map(({ task, key }) => `the job ${key ?? task} waits for ever`),
    ...queue
      .setAside()
      .filter(({ reason }) => reason !== 'its worker died three times')
      .map(({ task, reason }) => `the job ${task} was set aside: ${reason}`),
  ];
}
