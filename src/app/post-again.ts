import type { App } from './app.ts';
import { announceJob } from './execute.ts';
import { streamHere } from './place.ts';
import { loadPosted } from './posted.ts';

/** What somebody has deleted or edited of ours in the channel of an incident or a run is put right. */
export async function postAgain(
  app: App,
  channel: string,
  message: string,
  what: 'deleted' | 'edited',
): Promise<void> {
  const stream = await streamHere(app, { channel, message: null });
  if (stream === null) return;
  const { messages } = await loadPosted(app, stream, 'main');
  const isOurs = Object.values(messages).some(
    (one) => one.channel === channel && one.ts === message,
  );
  if (!isOurs) return;
  const job = announceJob(stream, 'main');
  const payload = { ...job.payload, [what]: message };
  await app.jobs.enqueue({ ...job, payload, key: `${job.key}:${message}` });
}
