import { z } from 'zod';

import type { Gateway } from '#adapters/slack/gateway.ts';
import type { ChatMessage } from '#ports/chat-messages.ts';
import type { Chat, PostedMessage } from '#ports/chat.ts';
import { PortError } from '#ports/port-error.ts';
import type { Line } from '#test/simulation/engine/line.ts';
import type { Machine } from '#test/simulation/engine/machine.ts';
import type { Random } from '#test/simulation/engine/random.ts';
import type { Schedule } from '#test/simulation/engine/schedule.ts';

/** A message as it stands, and as it stood: people press what they saw. */
export type Message = {
  channel: string;
  ts: string;
  thread: string | null;
  key: string;
  versions: ChatMessage[];
};

/** A form that was opened for a person: what it is of comes back with its values. */
export type OpenForm = {
  person: string;
  trigger: string;
  request: string;
  fields: readonly { id: string; type: string; options: readonly string[] }[];
};

/** What was said to one person, or was to be and Slack took it not; `trigger`: what it answers, if known. */
export type Telling = { person: string; at: number; trigger: string | null };

/** A Slack workspace, from both sides: what the product may call, and what people see. */
export type Slack = {
  chatOf(machine: Machine): Chat;
  gatewayOf(machine: Machine): Gateway;
  messages: readonly Message[];
  /** Oldest first; whoever fills one in takes it. */
  forms: OpenForm[];
  /** Keys under which a second message is nobody's fault: Slack did not show the first in time. */
  unseen: ReadonlySet<string>;
  channels: ReadonlyMap<string, string>;
  /** Whom the product has told something that only they see. */
  told: readonly Telling[];
  openTrigger(person: string): string;
};

export function createSlack(deps: {
  schedule: Schedule;
  random: Random;
  epochMs: number;
  line: Line;
  isFoul: () => boolean;
  /** Share of updates that are put off, and for how long a post is not to be found. */
  limits: number;
  blindMs: number;
}): Slack {
  const { schedule, random, epochMs, line, isFoul, limits, blindMs } = deps;
  const messages: Message[] = [];
  const forms: OpenForm[] = [];
  const unseen = new Set<string>();
  /** Names by id, and the key under which each was created. */
  const channels = new Map<string, string>([['C-incidents', 'incidents']]);
  const created = new Map<string, string>();
  const told: Telling[] = [];
  const triggers = new Map<string, string>();
  let posts = 0;

  function find(channel: string, key: string): Message | null {
    const found = messages.find((one) => one.channel === channel && one.key === key);
    if (found === undefined) return null;
    const age = epochMs + schedule.now() - Number(found.ts) * 1_000;
    if (!isFoul() || age > random.unit() * blindMs) return found;
    unseen.add(key);
    return null;
  }

  function post(
    to: { channel: string; thread?: string } | { person: string },
    { key, message, again }: { key: string; message: ChatMessage; again: boolean },
  ): PostedMessage {
    const channel = 'person' in to ? `D-${to.person}` : idOf(to.channel);
    const known = again ? find(channel, key) : null;
    if (known !== null) return { channel, ts: known.ts };
    posts += 1;
    const seconds = Math.floor((epochMs + schedule.now()) / 1_000);
    const ts = `${seconds}.${String(posts).padStart(6, '0')}`;
    const thread = 'person' in to ? null : (to.thread ?? null);
    messages.push({ channel, ts, thread, key, versions: [message] });
    return { channel, ts };
  }

  function idOf(channel: string): string {
    const id = channel.startsWith('#') ? `C-${channel.slice(1)}` : channel;
    if (channels.has(id)) return id;
    throw new PortError('channel_not_found', 'There is no such channel.', { retry: false });
  }

  function update(place: PostedMessage, message: ChatMessage, urgent: boolean): void {
    if (!urgent && isFoul() && random.chance(limits)) {
      throw new PortError('ratelimited', 'Not now.', { retry: true });
    }
    const found = messages.find((one) => one.ts === place.ts && one.channel === place.channel);
    if (found === undefined) {
      throw new PortError('message_not_found', 'No such message.', { retry: false });
    }
    found.versions.push(message);
  }

  function create(name: string, key: string): { id: string; name: string } {
    const known = created.get(key);
    if (known !== undefined) return { id: known, name: channels.get(known) ?? '' };
    let free = name;
    for (let more = 2; channels.has(`C-${free}`); more += 1) free = `${name}-${more}`;
    const id = `C-${free}`;
    channels.set(id, free);
    created.set(key, id);
    return { id, name: free };
  }

  function tellingOf({ user, channel, trigger }: Readonly<Record<string, unknown>>): Telling {
    const person = String(user ?? channel);
    return { person, at: schedule.now(), trigger: typeof trigger === 'string' ? trigger : null };
  }

  function answer(method: string, args: Readonly<Record<string, unknown>>): unknown {
    switch (method) {
      case 'views.open': {
        const { trigger_id: trigger, view } = args;
        const person = triggers.get(String(trigger));
        if (person === undefined) return {};
        forms.push(formOf(person, String(trigger), view));
        told.push({ person, at: schedule.now(), trigger: String(trigger) });
        return {};
      }
      case 'chat.postEphemeral':
      case 'chat.postMessage': {
        told.push(tellingOf(args));
        return {};
      }
      case 'chat.getPermalink':
        return { permalink: `https://slack.example/${String(args['message_ts'])}` };
      default:
        return {};
    }
  }

  return {
    messages,
    forms,
    unseen,
    told,
    channels,

    openTrigger(person) {
      const trigger = `trigger-${triggers.size + 1}`;
      triggers.set(trigger, person);
      return trigger;
    },

    chatOf: (machine) => ({
      createChannel: ({ name, key }) =>
        machine.call(line, 'createChannel', () => create(name, key)),
      find: ({ to, key }) =>
        machine.call(line, 'find', () => {
          const channel = 'person' in to ? `D-${to.person}` : idOf(to.channel);
          const ts = find(channel, key)?.ts;
          return ts === undefined ? null : { channel, ts };
        }),
      post: ({ to, ...rest }) =>
        machine.call(line, 'post', () => ({ ...post(to, rest), complete: true })),
      update: ({ message, urgent, ...place }) =>
        machine.call(line, 'update', () => {
          update(place, message, urgent);
          return { complete: true };
        }),
      showHome: () => machine.call(line, 'showHome', () => {}),
      upload: () => machine.call(line, 'upload', () => 'F0'),
      pin: () => machine.call(line, 'pin', () => {}),
      setTopic: () => machine.call(line, 'setTopic', () => {}),
      invite: () => machine.call(line, 'invite', () => {}),
      download: () =>
        machine.call(line, 'download', () => ({ type: 'image/png', bytes: new Uint8Array() })),
      bookmark: () => machine.call(line, 'bookmark', () => {}),
      archive: () => machine.call(line, 'archive', () => {}),
    }),

    gatewayOf: (machine) => ({
      async call(method, args) {
        try {
          return await machine.call(line, method, () => answer(method, args));
        } catch (error) {
          // A person that can't be told is no reason to do again what they asked for.
          if (method.startsWith('chat.post')) told.push(tellingOf(args));
          throw error;
        }
      },
    }),
  };
}

const Element = z.object({
  type: z.string(),
  options: z.array(z.object({ value: z.string() })).optional(),
});
const Modal = z.object({
  private_metadata: z.string(),
  blocks: z.array(z.object({ block_id: z.string().optional(), element: Element.optional() })),
});

function formOf(person: string, trigger: string, view: unknown): OpenForm {
  // What the product drew comes as a modal of Slack's.
  const { private_metadata: request, blocks } = Modal.parse(view);
  const fields = blocks.flatMap(({ block_id: id, element }) => {
    if (id === undefined || element === undefined) return [];
    return [{ id, type: element.type, options: (element.options ?? []).map((one) => one.value) }];
  });
  return { person, trigger, request, fields };
}
