import type { App } from './app.ts';
import { load, type Loaded } from './load.ts';

const longestChain = 10;

/** Where an incident goes on: itself, or the one that it was merged into, and so on. */
export async function mergedInto(
  app: Pick<App, 'store'>,
  id: string,
): Promise<{ id: string; loaded: Loaded }> {
  let now = { id, loaded: await load(app, id) };
  for (let length = 0; length < longestChain; length += 1) {
    const into = now.loaded.stream.incident?.merged?.into;
    if (into === undefined || into === id) break;
    now = { id: into, loaded: await load(app, into) };
  }
  return now;
}
