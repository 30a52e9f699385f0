import { z } from 'zod';

import type { Clock } from '#ports/clock.ts';
import type { EventStore } from '#ports/event-store.ts';
import { PortError } from '#ports/port-error.ts';

/** Slack brings new blocks out workspace by workspace: a refusal is good for a day. */
const REFUSAL_COUNTS_FOR_MS = 24 * 60 * 60_000;

const Refusal = z.object({ at: z.iso.datetime() });

/** Whether this workspace takes Slack's newer blocks: tables, plans, task cards. */
export type NewBlocks = { taken(): Promise<boolean>; refused(): Promise<void> };

export function createNewBlocks(deps: {
  store: Pick<EventStore, 'mark' | 'setMark'>;
  clock: Pick<Clock, 'now'>;
}): NewBlocks {
  const place = { scope: 'slack', key: 'new-blocks-refused' };
  return {
    async taken() {
      const found = Refusal.safeParse(await deps.store.mark(place.scope, place.key)).data;
      if (found === undefined) return true;
      return deps.clock.now().getTime() - Date.parse(found.at) > REFUSAL_COUNTS_FOR_MS;
    },
    async refused() {
      await deps.store.setMark({ ...place, value: { at: deps.clock.now().toISOString() } });
    },
  };
}

/** Slack's words for blocks that it does not know, or not in this place. */
export function areBlocksRefused(error: unknown): boolean {
  return (
    error instanceof PortError &&
    (error.code === 'invalid_blocks' || error.code === 'invalid_attachments')
  );
}

/** Slack has the file, and is still looking at it; or it is gone. */
export function isFileRefused(error: unknown): boolean {
  return error instanceof PortError && error.code === 'invalid_slack_file';
}
