import { z } from 'zod';

import { textOf } from '#domain/json.ts';
import type { Run } from '#domain/run/state.ts';
import type { Stream } from '#domain/stream/stream.ts';
import type { Picture } from '#ports/chat-messages.ts';
import type { Task } from '#ports/jobs.ts';
import { PortError } from '#ports/port-error.ts';

import type { App } from './app.ts';
import { announceJob } from './execute.ts';
import { load } from './load.ts';
import { pictureJob } from './picture-job.ts';
import { chartText } from './read-models/chart-text.ts';
import { chartOf } from './read-models/chart.ts';

const silentMs = 15_000;

/** What chat has of a run's chart; `digest` is of the chart that was drawn. */
const Given = z.object({
  digest: z.string(),
  file: z.string(),
  title: z.string(),
  alt: z.string(),
});

/**
 * Draws the charts of a stream's runs and gives them to chat. It is done beside everything else: the
 * messages are there without, and are drawn anew when a picture has come. What can't be drawn or
 * given is left out.
 */
export function givePictures(app: App): Task {
  return async (payload, signal) => {
    const id = textOf(payload['stream']);
    const { stream, events } = await load(app, id);
    for (const run of rootsOf(stream)) {
      signal.throwIfAborted();
      const chart = chartOf(run, events);
      if (chart === null) continue;
      const digest = app.sha256(JSON.stringify(chart));
      const known = Given.safeParse(await app.store.mark('picture', place(id, run))).data;
      if (known?.digest === digest) continue;
      try {
        const bytes = await app.pictures.chart(chart);
        const file = await app.chat.upload({ name: `${run.id}.png`, title: chart.title, bytes });
        const value = { digest, file, title: chart.title, alt: chartText(chart) };
        await app.store.setMark({ scope: 'picture', key: place(id, run), value });
        await app.jobs.enqueue(announceJob(id, 'main'));
      } catch (error) {
        if (!(error instanceof PortError)) throw error;
        app.log.warn({ error, stream: id, run: run.id }, 'a chart could not be shown');
        if (error.retry) {
          // Chat may be back long before the queue has its next try of what has failed for an hour.
          const runAt = new Date(app.clock.now().getTime() + silentMs).toISOString();
          const job = pictureJob(id);
          await app.jobs.enqueue({ ...job, key: `${job.key}:later`, runAt });
          throw error;
        }
      }
    }
  };
}

/** The pictures that chat has, by run. */
export async function loadPictures(app: App, stream: Stream): Promise<Map<string, Picture>> {
  const found = new Map<string, Picture>();
  for (const run of rootsOf(stream)) {
    if (run.observed.last === null) continue;
    const given = Given.safeParse(await app.store.mark('picture', place(stream.id, run))).data;
    if (given !== undefined) {
      found.set(run.id, { file: given.file, title: given.title, alt: given.alt });
    }
  }
  return found;
}

function rootsOf({ runs }: Stream): Run[] {
  return Object.values(runs).filter(({ parent }) => parent === null);
}

function place(stream: string, { id }: Run): string {
  return `${stream}/${id}`;
}
