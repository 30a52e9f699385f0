import type { ChatMessage } from './chat-messages.ts';
import type { Home } from './home.ts';

export type PostedMessage = { channel: string; ts: string };

/** `complete` false: the message stands there without its picture, which may be shown a moment later. */
export type Shown = { complete: boolean };

/**
 * A team chat. A PortError with `retry: true` is a passing fault (limits, network); with
 * `retry: false` the place is gone or closed to us (`code` has the product's own word, such as
 * `is_archived` or `channel_not_found`).
 */
export interface Chat {
  /**
   * Creates a public channel, or a private one. A name that is taken gets a number behind it. The
   * same key again answers with the channel of the first call where that can be known.
   */
  createChannel(request: { name: string; private: boolean; key: string }): Promise<{
    id: string;
    name: string;
  }>;
  /**
   * Posts once for a key: with `again` set (an earlier try may have got through) it first looks for
   * a message that carries the key, and answers with that one. `channel` is an id or `#name`;
   * `{ person }` is the direct message with that person.
   */
  post(request: {
    to: { channel: string; thread?: string } | { person: string };
    key: string;
    message: ChatMessage;
    again: boolean;
  }): Promise<PostedMessage & Shown>;
  /** The message that carries the key, as far as chat shows it by now. */
  find(request: Pick<Parameters<Chat['post']>[0], 'to' | 'key'>): Promise<PostedMessage | null>;
  /**
   * Replaces a message; idempotent. `urgent` goes before progress in the queue; progress that gets
   * no turn soon is a PortError `ratelimited`, to be tried again with what is true by then.
   */
  update(request: PostedMessage & { message: ChatMessage; urgent: boolean }): Promise<Shown>;
  /** Takes a picture for messages to show, and answers with what it is called in them. */
  upload(file: { name: string; title: string; bytes: Uint8Array }): Promise<string>;
  /** Shows a person their home, in place of what they see there; `at` is when it was so. */
  showHome(person: string, home: Home, at: string): Promise<void>;
  pin(message: PostedMessage): Promise<void>;
  setTopic(channel: string, topic: string): Promise<void>;
  /** The bytes of a file of chat's own. One that is not, or is too large, is a PortError without retry. */
  download(source: string): Promise<{ type: string; bytes: Uint8Array }>;
  /** Sets the bookmark of this title to this link; idempotent. */
  bookmark(channel: string, bookmark: { title: string; url: string }): Promise<void>;
  /** Idempotent. */
  archive(channel: string): Promise<void>;
  /** People who are there already, or who can't be invited, are passed over. */
  invite(channel: string, people: readonly string[]): Promise<void>;
}
