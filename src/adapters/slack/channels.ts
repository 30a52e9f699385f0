import { z } from 'zod';

import { PortError } from '#ports/port-error.ts';

import { channelName } from './channel-name.ts';
import type { Gateway } from './gateway.ts';
import { LIMITS } from './limits.ts';

/** What gets no turn in this time comes later. */
const SOON = { rank: 'soon', withinMs: 300 } as const;
/** Names that are tried, without those that are known to be taken. */
const MOST_TRIES = 20;
const MOST_PAGES = 20;
const everyType = 'public_channel,private_channel';

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
      is_archived: z.boolean().optional(),
      purpose: z.object({ value: z.string() }).optional(),
    }),
  ),
  response_metadata: z.object({ next_cursor: z.string().default('') }).optional(),
});
type ListedChannel = z.infer<typeof Listed>['channels'][number];

/** Channels of the workspace: made, found by name, opened with a person, filled with people. */
export function createChannels(gateway: Gateway) {
  const ids = new Map<string, string>();
  const directMessages = new Map<string, string>();
  /** Names of channels, as Slack listed them last, and those made since. */
  const taken = new Map<string, { id: string; purpose: string }>();
  let lastCreated: Promise<unknown> = Promise.resolve();

  async function list(types: string): Promise<ListedChannel[]> {
    const found: ListedChannel[] = [];
    let cursor = '';
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const answer = Listed.parse(
        await gateway.call(
          'conversations.list',
          { types, limit: 1_000, ...(cursor === '' ? {} : { cursor }) },
          { rank: 'now' },
        ),
      );
      found.push(...answer.channels);
      cursor = answer.response_metadata?.next_cursor ?? '';
      if (cursor === '') break;
    }
    return found;
  }

  /** Without its mark the channel is as good; only a repeat of the same key would not find it. */
  async function markAsOurs(channel: string, purpose: string): Promise<void> {
    try {
      await gateway.call('conversations.setPurpose', { channel, purpose }, { rank: 'now' });
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
    }
  }

  async function create(request: { name: string; private: boolean; key: string }) {
    const types = request.private ? 'private_channel' : 'public_channel';
    const purpose = `Handrail ${request.key}`.slice(0, LIMITS.topic);
    let tries = 0;
    for (let number = 1; tries < MOST_TRIES; number += 1) {
      const name = channelName(request.name, number);
      const known = taken.get(name);
      if (known?.purpose === purpose) return { id: known.id, name };
      if (known !== undefined) continue;
      tries += 1;
      try {
        const args = { name, is_private: request.private };
        const { channel } = Created.parse(
          await gateway.call('conversations.create', args, { rank: 'now' }),
        );
        taken.set(channel.name, { id: channel.id, purpose });
        await markAsOurs(channel.id, purpose);
        return { id: channel.id, name: channel.name };
      } catch (error) {
        if (!(error instanceof PortError && error.code === 'name_taken')) throw error;
      }
      taken.clear();
      for (const { id, name: other, purpose: of } of await list(types)) {
        taken.set(other, { id, purpose: of?.value ?? '' });
      }
      const earlier = taken.get(name);
      if (earlier?.purpose === purpose) return { id: earlier.id, name };
    }
    throw new PortError('name_taken', `Slack has too many channels of the name ${request.name}`, {
      retry: false,
    });
  }

  async function inviteSome(channel: string, people: readonly string[]): Promise<void> {
    try {
      await gateway.call('conversations.invite', { channel, users: people.join(',') }, SOON);
    } catch (error) {
      if (!(error instanceof PortError && PASSED_OVER.has(error.code))) throw error;
      if (people.length === 1) return;
      for (const person of people) await inviteSome(channel, [person]);
    }
  }

  return {
    /**
     * The key becomes the channel's purpose. A name that is taken is ours if its purpose has our key
     * (an earlier try got through), else the next free number goes behind it. One at a time, so that
     * many incidents of one name at one moment do not all try the same.
     */
    create(request: { name: string; private: boolean; key: string }) {
      const created = lastCreated.then(() => create(request));
      lastCreated = created.catch(() => {});
      return created;
    },

    /** Of a name like `#checkout`; an id stays itself. */
    async id(channel: string): Promise<string> {
      if (!channel.startsWith('#')) return channel;
      const name = channel.slice(1);
      const known = ids.get(name);
      if (known !== undefined) return known;
      const channels = await list(everyType);
      const found = channels.find((one) => one.name === name);
      if (found === undefined) {
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

    /** All that we can see; those that are archived say so. */
    seen: () => list(everyType),

    async directMessage(person: string): Promise<string> {
      const known = directMessages.get(person);
      if (known !== undefined) return known;
      const answer = await gateway.call('conversations.open', { users: person }, { rank: 'now' });
      const { id } = Opened.parse(answer).channel;
      directMessages.set(person, id);
      return id;
    },

    async invite(channel: string, people: readonly string[]): Promise<void> {
      const all = [...new Set(people)];
      for (let at = 0; at < all.length; at += LIMITS.inviteBatch) {
        await inviteSome(channel, all.slice(at, at + LIMITS.inviteBatch));
      }
    },
  };
}
