import { readContent } from '#practice/slack/api/content.ts';
import { isObject } from '#practice/slack/json.ts';
import { Refusal } from '#practice/slack/refusal.ts';
import { newSecret } from '#practice/slack/world/ids.ts';
import { deleteMessage, editMessage, postMessage } from '#practice/slack/world/messages.ts';
import type { Channel, Message, World } from '#practice/slack/world/world.ts';

const MOST_USES = 5;
const LIFE_MS = 30 * 60_000;

type Issued = { channel: Channel; user: string; ts: string | null; at: number; uses: number };

export type ResponseUrls = {
  /** A URL that answers one act of `user` in a channel; `ts` is the message it came from, if any. */
  issue(channel: Channel, user: string, ts: string | null): string;
  /** Does what was posted to the URL with this secret. */
  answer(secret: string, body: unknown): void;
};

export function createResponseUrls(world: World, origin: () => string): ResponseUrls {
  const issued = new Map<string, Issued>();

  return {
    issue(channel, user, ts) {
      const secret = newSecret();
      issued.set(secret, { channel, user, ts, at: world.clock.now().getTime(), uses: 0 });
      return `${origin()}/response/${secret}`;
    },
    answer(secret, body) {
      const url = issued.get(secret);
      if (url === undefined) throw new Refusal('invalid_url');
      if (world.clock.now().getTime() - url.at > LIFE_MS) throw new Refusal('expired_url');
      if (url.uses >= MOST_USES) throw new Refusal('used_url');
      respond(world, url, body);
      url.uses += 1;
    },
  };
}

/**
 * An app's answer to a person's act: to that person alone unless it says `in_channel`. With
 * `replace_original` or `delete_original` it changes the message that the act came from.
 */
export function respond(
  world: World,
  to: { channel: Channel; user: string; ts: string | null },
  body: unknown,
): void {
  const given: Readonly<Record<string, unknown>> = isObject(body) ? body : { text: body };
  const original = to.channel.messages.find((message) => message.ts === to.ts);
  if (given['delete_original'] === true) {
    if (original !== undefined) deleteMessage(world, to.channel, original);
    return;
  }
  const content = readContent(world, (name) => given[name]);
  if (original !== undefined && given['replace_original'] === true) {
    editMessage(world, to.channel, original, {
      ...content,
      metadata: content.metadata ?? original.metadata,
    });
    return;
  }
  postMessage(world, to.channel, {
    author: world.botUserId,
    ...content,
    threadTs: threadOf(given, original),
    onlyFor: given['response_type'] === 'in_channel' ? null : to.user,
  });
}

function threadOf(
  given: Readonly<Record<string, unknown>>,
  original: Message | undefined,
): string | null {
  if (typeof given['thread_ts'] === 'string') return given['thread_ts'];
  return original?.threadTs ?? null;
}
