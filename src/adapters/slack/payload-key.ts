import { z } from 'zod';

const Trigger = z.object({ trigger_id: z.string().min(1) });

const Team = z.object({ id: z.string() });

const Reaction = z.object({
  type: z.literal(['reaction_added', 'reaction_removed']),
  user: z.string(),
  reaction: z.string(),
  event_ts: z.string(),
  item: z.object({ channel: z.string(), ts: z.string() }),
});

const Member = z.object({
  type: z.literal(['member_joined_channel', 'member_left_channel']),
  user: z.string(),
  channel: z.string(),
  event_ts: z.string(),
});

const Message = z.object({ type: z.string(), channel: z.string(), ts: z.string() });

const Event = z.object({ event: z.union([Reaction, Member, Message]) });

/** `slash_command`, or the payload's own type. */
export function payloadKind(body: Readonly<Record<string, unknown>>): string {
  if (typeof body['command'] === 'string') return 'slash_command';
  return typeof body['type'] === 'string' ? body['type'] : 'unknown';
}

/**
 * Equal for what happened once. Slack has sent one event up to eleven times, each with a new
 * `event_id`, so the key is made of the content: a trigger, a message, a reaction at its time.
 */
export async function payloadKey(body: Readonly<Record<string, unknown>>): Promise<string> {
  const team = teamOf(body);
  const trigger = Trigger.safeParse(body);
  if (trigger.success) return `${team} trigger ${trigger.data.trigger_id}`;

  const parsed = Event.safeParse(body);
  if (!parsed.success) return `${team} body ${await digest(JSON.stringify(body))}`;
  const { event } = parsed.data;
  if ('item' in event) {
    const { type, user, reaction, item, event_ts: at } = event;
    return `${team} ${type} ${item.channel} ${item.ts} ${user} ${reaction} ${at}`;
  }
  if ('user' in event) {
    const { type, channel, user, event_ts: at } = event;
    return `${team} ${type} ${channel} ${user} ${at}`;
  }
  return `${team} ${event.type} ${event.channel} ${event.ts}`;
}

function teamOf(body: Readonly<Record<string, unknown>>): string {
  const { team_id: id, team } = body;
  if (typeof id === 'string') return id;
  const parsed = Team.safeParse(team);
  return parsed.success ? parsed.data.id : '-';
}

async function digest(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Buffer.from(hash).toString('hex');
}
