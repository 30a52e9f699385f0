import { isObject, parseJson } from '#practice/slack/json.ts';
import { Refusal, refusalWithMessages } from '#practice/slack/refusal.ts';
import { findChannel } from '#practice/slack/world/channels.ts';
import type { Channel, World } from '#practice/slack/world/world.ts';

/** The arguments of one Web API call. Everything may come as text, for forms have nothing else. */
export type Call = {
  /** An argument as text; absent and empty are the same. */
  text(name: string): string | undefined;
  need(name: string): string;
  flag(name: string): boolean;
  int(name: string, fallback: number): number;
  /** A list or an object: JSON in a form's field, or itself in a JSON body. */
  json(name: string): unknown;
  list(name: string): readonly string[];
  /** The channel of an argument, as far as the app may know that it exists. */
  channel(name?: string): Channel;
};

export type Method = (
  call: Call,
  world: World,
) => Promise<Record<string, unknown>> | Record<string, unknown>;

export function createCall(world: World, args: Readonly<Record<string, unknown>>): Call {
  function text(name: string): string | undefined {
    const value = args[name];
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    return typeof value === 'string' && value !== '' ? value : undefined;
  }
  function need(name: string): string {
    const value = text(name);
    if (value === undefined) throw missing(name);
    return value;
  }

  return {
    text,
    need,
    flag: (name) => ['true', '1'].includes(text(name) ?? ''),
    int(name, fallback) {
      const value = text(name);
      return value !== undefined && /^\d+$/.test(value) ? Number(value) : fallback;
    },
    json(name) {
      const value = args[name];
      if (Array.isArray(value) || isObject(value)) return value;
      return typeof value === 'string' ? parseJson(value) : undefined;
    },
    list(name) {
      const value = args[name];
      if (Array.isArray(value)) return value.map(String);
      const parsed = typeof value === 'string' ? parseJson(value) : undefined;
      if (Array.isArray(parsed)) return parsed.map(String);
      return (text(name) ?? '')
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '');
    },
    channel(name = 'channel') {
      const channel = findChannel(world, need(name), world.botUserId);
      if (channel === undefined) throw new Refusal('channel_not_found');
      return channel;
    },
  };
}

export function missing(name: string): Refusal {
  return refusalWithMessages('invalid_arguments', [`[ERROR] missing required field: ${name}`]);
}

/** Refuses what only members may do, and what nobody may do in an archived channel. */
export function writable(world: World, channel: Channel): Channel {
  if (channel.archived) throw new Refusal('is_archived');
  if (!channel.members.has(world.botUserId)) throw new Refusal('not_in_channel');
  return channel;
}

/** One page of a list with Slack's opaque cursors. */
export function page<Item>(
  call: Call,
  items: readonly Item[],
  fallback: number,
): { items: readonly Item[]; more: boolean; metadata: { next_cursor: string } } {
  const limit = Math.min(Math.max(call.int('limit', fallback), 1), 1000);
  const cursor = call.text('cursor');
  const start = cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64').toString());
  if (!Number.isInteger(start) || start < 0) throw new Refusal('invalid_cursor');
  const end = start + limit;
  const more = end < items.length;
  return {
    items: items.slice(start, end),
    more,
    metadata: { next_cursor: more ? Buffer.from(String(end)).toString('base64') : '' },
  };
}
