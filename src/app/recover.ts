import { dueEffects } from '#domain/stream/effects.ts';

import type { App } from './app.ts';
import { announceJob, effectJob, lanes } from './execute.ts';
import { load } from './load.ts';

const mostStreams = 1_000;

/**
 * Asks every open stream what is due and sees that there is a job for it. Jobs are written with the
 * events that make them due, so this finds something only after jobs were lost or set aside.
 */
export async function recover(app: App): Promise<void> {
  const streams = await app.store.streams({ prefix: '', open: true, limit: mostStreams });
  for (const id of streams) {
    const { stream } = await load(app, id);
    for (const effect of dueEffects(stream)) await app.jobs.enqueue(effectJob(stream, effect));
    for (const lane of lanes) await app.jobs.enqueue(announceJob(id, lane));
  }
}
