import type { PostedMessage } from '#ports/chat.ts';

import type { Time } from './time.ts';

/** A message's progress is shown at most this often. */
const CALM_MS = 3_000;

type Send<C, R> = (message: PostedMessage, content: C, urgent: boolean) => Promise<R>;

export type LiveUpdates<C, R> = {
  /**
   * Resolves when this content, or a newer one of the same message, is shown. Rejects as `send`
   * does for the content that took its place.
   */
  update(message: PostedMessage, content: C, urgent: boolean): Promise<R>;
};

/**
 * Updates of messages, one at a time for each message so that an older content can never land on a
 * newer one. Between two that are not urgent lie three seconds, and in them the latest content wins.
 * An urgent one waits for nothing but the one that is on its way.
 *
 * A message is in the map as long as something is on its way, waits, or was shown under three
 * seconds ago; while `next` is null nothing waits.
 */
export function createLiveUpdates<C, R = void>(send: Send<C, R>, time: Time): LiveUpdates<C, R> {
  type Waiting = { content: C; urgent: boolean; sent: PromiseWithResolvers<R> };
  type Live = { next: Waiting | null; busy: boolean; calmUntil: number; cancel: () => void };
  const messages = new Map<string, Live>();

  function proceed(message: PostedMessage, key: string, live: Live): void {
    live.cancel();
    if (live.busy) return;
    const rest = live.calmUntil - time.now();
    if (rest > 0 && live.next?.urgent !== true) {
      live.cancel = time.after(rest, () => proceed(message, key, live));
      return;
    }
    if (live.next === null) {
      messages.delete(key);
      return;
    }

    const { content, urgent, sent } = live.next;
    live.next = null;
    live.busy = true;
    sent.resolve(sendNow(message, key, live, { content, urgent }));
  }

  async function sendNow(
    message: PostedMessage,
    key: string,
    live: Live,
    { content, urgent }: Pick<Waiting, 'content' | 'urgent'>,
  ): Promise<R> {
    try {
      const result = await send(message, content, urgent);
      live.calmUntil = time.now() + CALM_MS;
      return result;
    } finally {
      live.busy = false;
      proceed(message, key, live);
    }
  }

  return {
    update(message, content, urgent) {
      const key = `${message.channel} ${message.ts}`;
      const live = messages.get(key) ?? {
        next: null,
        busy: false,
        calmUntil: 0,
        cancel() {},
      };
      messages.set(key, live);

      const sent = live.next?.sent ?? Promise.withResolvers<R>();
      live.next = { content, urgent: urgent || live.next?.urgent === true, sent };
      proceed(message, key, live);
      return sent.promise;
    },
  };
}
