import type { JsonObject } from '#domain/json.ts';

import { LIMITS } from './limits.ts';
import { readRequest, type Request } from './request.ts';

/** Where a request waits for a day that is too long for a form: a message that was noted may be. */
export type KeptRequests = {
  keep(id: string, request: JsonObject): Promise<void>;
  find(id: string): Promise<JsonObject | null>;
};

const KEPT = 'kept:';

/** What a form carries for the request that it belongs to. */
export async function formMetadata(kept: KeptRequests, request: Request): Promise<string> {
  const text = JSON.stringify(request);
  if (text.length <= LIMITS.privateMetadata) return text;
  const id = crypto.randomUUID();
  const plain: JsonObject = JSON.parse(text);
  await kept.keep(id, plain);
  return `${KEPT}${id}`;
}

/** The request that a form carried, or null if it is none of ours (any more). */
export async function requestOfForm(kept: KeptRequests, metadata: string): Promise<Request | null> {
  if (!metadata.startsWith(KEPT)) return readRequest(metadata);
  const found = await kept.find(metadata.slice(KEPT.length));
  return found === null ? null : readRequest(JSON.stringify(found));
}
