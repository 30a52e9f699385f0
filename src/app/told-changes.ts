import type { Json } from '#domain/json.ts';
import type { EventStore } from '#ports/event-store.ts';

import type { App } from './app.ts';
import { announceJob } from './execute.ts';

/** Somebody's account, `gone` when it was switched off, or who is in a user group; as chat names it. */
export type Changed =
  | { kind: 'person'; id: string; gone: boolean }
  | { kind: 'usergroup'; id: string };

/**
 * What chat tells by itself of changes. It tells one replica, and all know of it by the store: an answer that
 * was had before the last change that was told of says nothing any more.
 */
export type ToldChanges = {
  /** Another value after each change that was told of; null before the first. */
  last(kind: Changed['kind'], id: string): Promise<Json>;
  /** Whether chat has ever told of such a change here. Where it has not, that it is silent says nothing. */
  areTold(kind: Changed['kind']): Promise<boolean>;
};

const told = (kind: Changed['kind']) => `changed ${kind}`;
const everTold = 'changes are told';

export function createToldChanges(store: Pick<EventStore, 'mark'>): ToldChanges {
  return {
    last: (kind, id) => store.mark(told(kind), id),
    areTold: async (kind) => (await store.mark(everTold, kind)) === true,
  };
}

type Noting = {
  store: Pick<EventStore, 'setMark' | 'streams'>;
  tokens: Pick<App['tokens'], 'revoke'>;
  jobs: Pick<App['jobs'], 'enqueue'>;
};

const mostStreams = 1_000;

/**
 * Notes a change that chat tells of. Whoever is gone is nobody at a terminal either, also while chat is
 * silent, and what they led is free at once.
 */
export async function noteChange({ store, tokens, jobs }: Noting, changed: Changed): Promise<void> {
  const { kind, id } = changed;
  if (changed.kind === 'person' && changed.gone) await tokens.revoke(id);
  await store.setMark({ scope: told(kind), key: id, value: crypto.randomUUID() });
  await store.setMark({ scope: everTold, key: kind, value: true });
  if (changed.kind !== 'person' || !changed.gone) return;
  for (const stream of await store.streams({ prefix: '', open: true, limit: mostStreams })) {
    const job = announceJob(stream, 'main');
    const payload = { ...job.payload, left: id };
    await jobs.enqueue({ ...job, payload, key: `${job.key}:left:${id}` });
  }
}
