import { z } from 'zod';

import type { Changed } from '#app/told-changes.ts';
import type { JsonObject } from '#domain/json.ts';

/** Slack sends them for everybody's account and every user group, also of those that we never asked about. */
const Told = z.object({
  event: z.discriminatedUnion('type', [
    z.object({
      type: z.literal('user_change'),
      user: z.object({ id: z.string(), deleted: z.boolean().default(false) }),
    }),
    z.object({ type: z.literal('subteam_members_changed'), subteam_id: z.string() }),
    z.object({ type: z.literal('subteam_updated'), subteam: z.object({ id: z.string() }) }),
  ]),
});

export const DIRECTORY_EVENTS = Told.shape.event.options.map((one) => one.shape.type.value);

/** Of whom a payload says that something has changed; null: it is about something else. */
export function changeIn(body: JsonObject): Changed | null {
  const { data } = Told.safeParse(body);
  if (data === undefined) return null;
  const { event } = data;
  switch (event.type) {
    case 'user_change':
      return { kind: 'person', id: event.user.id, gone: event.user.deleted };
    case 'subteam_members_changed':
      return { kind: 'usergroup', id: event.subteam_id };
    case 'subteam_updated':
      return { kind: 'usergroup', id: event.subteam.id };
    default:
      return event satisfies never;
  }
}
