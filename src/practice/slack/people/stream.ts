import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';

import type { Change, NumberedChange } from '#practice/slack/world/feed.ts';
import type { World } from '#practice/slack/world/world.ts';

const HEARTBEAT_MS = 15_000;

/**
 * Server-sent events: that something this person may see has changed, and where. After a broken
 * connection Last-Event-ID brings what was missed; `reset` says that too much was, look at it all.
 * With `everyone` it says also, without where, that it changed for somebody else: the page shows
 * what waits for each of them.
 */
export function streamChanges(context: Context, world: World, user: string): Response {
  const header = context.req.header('last-event-id') ?? context.req.query('since');
  const since = header !== undefined && /^\d+$/.test(header) ? Number(header) : world.feed.lastId();

  const everyone = context.req.query('everyone') !== undefined;

  return streamSSE(context, async (stream) => {
    const gone = Promise.withResolvers<void>();

    function tell({ id, change }: NumberedChange): void {
      const seen = concerns(change, user);
      if (!seen && !everyone) return;
      const channel = 'channel' in change ? change.channel.id : null;
      const data = seen ? JSON.stringify({ type: change.type, channel }) : '{}';
      const event = seen ? 'change' : 'elsewhere';
      stream.writeSSE({ id: String(id), event, data }).catch(gone.resolve);
    }

    const missed = world.feed.since(since);
    if (missed === null) {
      await stream.writeSSE({ id: String(world.feed.lastId()), event: 'reset', data: '{}' });
    }
    const unsubscribe = world.feed.subscribe(tell);
    missed?.forEach(tell);
    // A first byte, so that the reader knows at once that it is connected.
    stream.write(': connected\n\n').catch(gone.resolve);
    const heartbeat = setInterval(() => stream.write(': \n\n').catch(gone.resolve), HEARTBEAT_MS);
    stream.onAbort(gone.resolve);
    await gone.promise;
    clearInterval(heartbeat);
    unsubscribe();
  });
}

function concerns(change: Change, user: string): boolean {
  switch (change.type) {
    case 'message-posted':
    case 'message-changed':
      return (
        change.channel.members.has(user) &&
        (change.message.onlyFor === null || change.message.onlyFor === user)
      );
    case 'message-deleted':
    case 'reaction-added':
    case 'reaction-removed':
      return change.channel.members.has(user);
    case 'member-joined':
    case 'member-left':
    case 'channel-changed':
      return (
        change.channel.kind === 'public' ||
        change.channel.members.has(user) ||
        leaving(change, user)
      );
    case 'usergroup-changed':
    case 'person-changed':
      return true;
    case 'home-opened':
    case 'surface-changed':
      return change.user === user;
    default:
      return change satisfies never;
  }
}

function leaving(change: Change, user: string): boolean {
  return change.type === 'member-left' && change.user === user;
}
