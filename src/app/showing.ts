import type { App } from './app.ts';
import type { Lane } from './execute.ts';
import { savePosted, type Posted } from './posted.ts';

/** One lane of a stream on its way to chat. Once `signal` has fired, another may be at it. */
export type Showing = {
  app: App;
  stream: string;
  lane: Lane;
  posted: Posted;
  threads: Posted;
  signal: AbortSignal;
  /** What was said once before that is drawn anew: texts were taken out of the record. */
  lookedAtUntil: string;
  /** The last save: one at a time, so that the newest is the one that stays. */
  saved: Promise<void>;
};

/** What stands in chat from now on, written down. */
export async function keep(
  showing: Showing,
  slot: string,
  message: Posted['messages'][string],
): Promise<void> {
  showing.signal.throwIfAborted();
  showing.posted.messages[slot] = message;
  await save(showing);
}

export async function forget(showing: Showing, slot: string): Promise<void> {
  showing.signal.throwIfAborted();
  delete showing.posted.messages[slot];
  await save(showing);
}

async function save(showing: Showing): Promise<void> {
  const { app, stream, lane, posted, signal, saved } = showing;
  const saving = saved.then(() => {
    signal.throwIfAborted();
    return savePosted(app, stream, lane, posted);
  });
  showing.saved = saving.catch(() => {});
  await saving;
}
