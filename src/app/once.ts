import type { Json } from '#domain/json.ts';
import type { Mark } from '#ports/event-store.ts';

import type { Origin } from './use-cases.ts';

/** Goes with what a request records, and remembers `value`: the same request does nothing again. */
export function onceMark({ once }: Origin, value: Json = null): Mark[] {
  return once === undefined ? [] : [{ scope: 'request', key: once, value }];
}
