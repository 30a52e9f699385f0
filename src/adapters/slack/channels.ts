import { z } from 'zod';

import { PortError } from '#ports/port-error.ts';

import { channelName } from './channel-name.ts';
import type { Gateway } from './gateway.ts';
import { LIMITS } from './limits.ts';

const MOST_NAMES = 20;
const MOST_PAGES = 20;

/** Reasons why one person cannot be invited that say nothing about the others. */
const PASSED_OVER: ReadonlySet<string> = new Set([
  'already_in_channel',
  'app_cannot_join_channel',
  'cant_invite',
  'cant_invite_self',
  'invitee_cant_see_channel',
  'no_external_invite_permission',
  'no_user',
  'org_user_not_in_team',
  'ura_max_channels',
  'user_disabled',
  'user_is_restricted',
  'user_is_ultra_restricted',
  'user_not_found',
]);

const Created = z.object({ channel: z.object({ id: z.string(), name: z.string() }) });
const Opened = z.object({ channel: z.object({ id: z.string() }) });
const Listed = z.object({
  channels: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      purpose: z.object({ value: z.string() }).optional(),
    }),
  ),
  response_metadata: z.object({ next_cursor: z.string().default('') }).optional(),
});
type ListedChannel = z.infer<typeof Listed>['channels'][number];

/** Channels of the workspace: made, found by name, opened with a person, filled with people. */
export function createChannels(gateway: Gateway) {
  const ids = new Map<string, string>();

  async function find(name: string, types: string): Promise<ListedChannel | null> {
    let cursor = '';
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const answer = Listed.parse(
        await gateway.call('conversations.list', {
          types,
          limit: 1_000,
          ...(cursor === '' ? {} : { cursor }),
        }),
      );
      const found = answer.channels.find((channel) => channel.name === name);
      if (found !== undefined) return found;
      cursor = answer.response_metadata?.next_cursor ?? '';
      if (cursor === '') return null;
    }
    return null;
  }

  /** Without its mark the channel is as good; only a repeat of the same key would not find it. */
  async function markAsOurs(channel: string, purpose: string): Promise<void> {
    try {
      await gateway.call('conversations.setPurpose', { channel, purpose });
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
    }
  }

  async function inviteSome(channel: string, people: readonly string[]): Promise<void> {
    try {
      await gateway.call('conversations.invite', { channel, users: people.join(',') });
    } catch (error) {
      if (!(error instanceof PortError && PASSED_OVER.has(error.code))) throw error;
      if (people.length === 1) return;
      for (const person of people) await inviteSome(channel, [person]);
    }
  }

  return {
    /**
     * The key becomes the channel's purpose. A name that is taken is ours if its purpose has our key
     * (an earlier try got through), else the next number is tried.
     */
    async create(request: { name: string; private: boolean; key: string }) {
      const types = request.private ? 'private_channel' : 'public_channel';
      const purpose = `Handrail ${request.key}`.slice(0, LIMITS.topic);
      for (let number = 1; number <= MOST_NAMES; number += 1) {
        const name = channelName(request.name, number);
        try {
          const answer = await gateway.call(
            'conversations.create',
            { name, is_private: request.private },
            { urgent: true },
          );
          const { channel } = Created.parse(answer);
          await markAsOurs(channel.id, purpose);
          return { id: channel.id, name: channel.name };
        } catch (error) {
          if (!(error instanceof PortError && error.code === 'name_taken')) throw error;
        }
        const taken = await find(name, types);
        if (taken?.purpose?.value === purpose) return { id: taken.id, name: taken.name };
      }
      throw new PortError('name_taken', `Slack has ${MOST_NAMES} channels of this name already`, {
        retry: false,
      });
    },

    /** Of a name like `#checkout`; an id stays itself. */
    async id(channel: string): Promise<string> {
      if (!channel.startsWith('#')) return channel;
      const name = channel.slice(1);
      const known = ids.get(name);
      if (known !== undefined) return known;
      const found = await find(name, 'public_channel,private_channel');
      if (found === null) {
        throw new PortError(
          'channel_not_found',
          `Slack has no channel ${channel} that is open to us`,
          {
            retry: false,
          },
        );
      }
      ids.set(name, found.id);
      return found.id;
    },

    async directMessage(person: string): Promise<string> {
      const answer = await gateway.call('conversations.open', { users: person }, { urgent: true });
      return Opened.parse(answer).channel.id;
    },

    async invite(channel: string, people: readonly string[]): Promise<void> {
      const all = [...new Set(people)];
      for (let at = 0; at < all.length; at += LIMITS.inviteBatch) {
        await inviteSome(channel, all.slice(at, at + LIMITS.inviteBatch));
      }
    },
  };
}
