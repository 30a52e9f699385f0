import { z } from 'zod';

import { IncidentEvent } from '#domain/incident/events.ts';
import type { JsonObject } from '#domain/json.ts';
import { RunEvent } from '#domain/run/events.ts';

import { putCopiesBack } from './copied-texts.ts';
import type { StreamEvent } from './stream.ts';

/** What is stored of a stream. Whoever only folds it needs no schema, and does not wait for this one. */
export const StoredEvent = z.discriminatedUnion('type', [
  ...RunEvent.options,
  ...IncidentEvent.options,
]);

/**
 * Reads a stored event; fields that this version does not know are dropped. Null: it is of a kind
 * that this version does not know, because a newer one recorded it.
 */
export function readEvent(stored: JsonObject): StreamEvent | null {
  return StoredEvent.safeParse(putCopiesBack(stored)).data ?? null;
}
