import type { App, Context, ReceiverEvent } from '@slack/bolt';
import { z } from 'zod';

import type { Changed } from '#app/told-changes.ts';
import type { JsonObject } from '#domain/json.ts';
import type { Log } from '#ports/log.ts';

import { changeIn } from './directory-changes.ts';
import type { Inbox } from './inbox.ts';
import { payloadKey, payloadKind } from './payload-key.ts';

/** The key under which the payload that a listener deals with is stored. */
export function keyOf(context: Context): string | undefined {
  return 'once' in context && typeof context.once === 'string' ? context.once : undefined;
}

/** What deals with an event; an app of Bolt's is one. */
type Dealing = Pick<App, 'processEvent'>;

export type Intake = {
  /** The app as receivers see it: everything that they bring passes here first. */
  guard<Whole extends Dealing>(app: Whole): Whole;
  /** Deals with what a process that is gone had acknowledged and not finished. */
  replay(app: Dealing): Promise<void>;
  /** Resolves when nothing is being dealt with. */
  drained(): Promise<void>;
};

/**
 * Bolt acknowledges events before any listener runs, so a crash in between would lose them. Here each
 * payload is stored before Bolt sees it, marked when its listener is through, and a payload that was
 * stored before is acknowledged and dropped. Whatever fails on our side after the acknowledgement
 * stays unfinished and is dealt with by the next sweep. That people or groups have changed is told many
 * times a minute in a large workspace; it is noted before the acknowledgement, and not stored.
 */
export function createIntake(deps: {
  inbox: Inbox;
  onChange: (changed: Changed) => Promise<void>;
  log: Log;
}): Intake {
  const atWork = new Set<Promise<void>>();

  async function track(work: Promise<void>): Promise<void> {
    atWork.add(work);
    try {
      await work;
    } finally {
      atWork.delete(work);
    }
  }

  async function take(app: Dealing, event: ReceiverEvent): Promise<void> {
    const body = storable(event.body);
    if (isTalk(body)) {
      await event.ack();
      return;
    }
    const changed = changeIn(body);
    if (changed !== null) {
      await deps.onChange(changed);
      await event.ack();
      return;
    }
    const key = await payloadKey(body);
    if ((await deps.inbox.store(key, payloadKind(body), body)) === 'seen') {
      await event.ack();
      return;
    }
    await app.processEvent({ ...event, customProperties: { once: key } });
    await deps.inbox.done(key);
  }

  async function replay(app: Dealing): Promise<void> {
    for (const { key, kind, body } of await deps.inbox.unfinished()) {
      try {
        await app.processEvent({
          body: { ...body },
          ack: async () => {},
          customProperties: { once: key },
        });
        await deps.inbox.done(key);
      } catch (error) {
        deps.log.error({ err: error, key, kind }, 'stored payload could not be dealt with');
      }
    }
  }

  return {
    guard(app) {
      const guarded: typeof app = Object.create(app, {
        processEvent: { value: (event: ReceiverEvent) => track(take(app, event)) },
      });
      return guarded;
    },
    replay: (app) => track(replay(app)),
    async drained() {
      while (atWork.size > 0) await Promise.allSettled(atWork);
    },
  };
}

const Talk = z.object({
  event: z.object({
    type: z.literal('message'),
    subtype: z.string().optional(),
    previous_message: z.object({ bot_id: z.string().optional() }).optional(),
    message: z
      .object({
        user: z.string().optional(),
        edited: z.object({ user: z.string() }).optional(),
      })
      .optional(),
  }),
});

/** What is only said is not for us to keep; neither are edits by whoever is the app that wrote it. */
function isTalk(body: JsonObject): boolean {
  const { data } = Talk.safeParse(body);
  if (data === undefined) return false;
  const { subtype, previous_message: previous, message } = data.event;
  if (subtype === 'message_deleted') return false;
  if (subtype !== 'message_changed') return true;
  const editor = message?.edited?.user;
  return previous?.bot_id !== undefined && (editor === undefined || editor === message?.user);
}

/** Plain JSON, without Slack's old verification token, which is a secret and tells us nothing. */
function storable(body: ReceiverEvent['body']): JsonObject {
  const plain: JsonObject = JSON.parse(JSON.stringify({ ...body, token: undefined }));
  return plain;
}
