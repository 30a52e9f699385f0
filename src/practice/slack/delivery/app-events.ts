import { wireHome, wireMessage } from '#practice/slack/api/wire.ts';
import type { Change } from '#practice/slack/world/feed.ts';
import { newId } from '#practice/slack/world/ids.ts';
import {
  type Channel,
  type Message,
  unixSeconds,
  type World,
} from '#practice/slack/world/world.ts';

type SlackEvent = Readonly<Record<string, unknown>>;

/** What an app hears of a change, by the name of the subscription that it needs. */
export function appEvents(
  world: World,
  change: Change,
): readonly { name: string; event: SlackEvent }[] {
  switch (change.type) {
    case 'message-posted':
      return posted(world, change.channel, change.message);
    case 'message-changed':
      return inChannel(world, change.channel, change.message, {
        subtype: 'message_changed',
        hidden: true,
        message: wireMessage(world, change.message),
        previous_message: wireMessage(world, change.previous),
      });
    case 'message-deleted':
      return inChannel(world, change.channel, change.previous, {
        subtype: 'message_deleted',
        hidden: true,
        deleted_ts: change.previous.ts,
        previous_message: wireMessage(world, change.previous),
      });
    case 'reaction-added':
    case 'reaction-removed':
      return reacted(world, change);
    case 'member-joined':
      return memberChanged(
        world,
        'member_joined_channel',
        change.channel,
        change.user,
        change.inviter,
      );
    case 'member-left':
      return memberChanged(world, 'member_left_channel', change.channel, change.user, null);
    case 'home-opened':
      return [{ name: 'app_home_opened', event: homeOpened(world, change.user) }];
    case 'channel-changed':
    case 'surface-changed':
      return [];
    default:
      return change satisfies never;
  }
}

export function eventCallback(world: World, event: SlackEvent): SlackEvent {
  return {
    token: 'practice',
    team_id: world.teamId,
    api_app_id: world.appId,
    event,
    type: 'event_callback',
    event_id: newId('Ev'),
    event_time: unixSeconds(world),
    authorizations: [
      {
        enterprise_id: null,
        team_id: world.teamId,
        user_id: world.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  };
}

function posted(
  world: World,
  channel: Channel,
  message: Message,
): readonly { name: string; event: SlackEvent }[] {
  const events = inChannel(world, channel, message, {
    ...wireMessage(world, message),
    event_ts: message.ts,
  });
  const mentioned =
    events.length > 0 &&
    channel.kind !== 'im' &&
    !message.byApp &&
    message.text.includes(`<@${world.botUserId}>`) &&
    message.subtype === null;
  return mentioned
    ? [
        ...events,
        {
          name: 'app_mention',
          event: {
            ...wireMessage(world, message),
            type: 'app_mention',
            channel: channel.id,
            event_ts: message.ts,
          },
        },
      ]
    : events;
}

/** A `message` event, where the app is a member and everybody may see the message. */
function inChannel(
  world: World,
  channel: Channel,
  message: Message,
  fields: SlackEvent,
): readonly { name: string; event: SlackEvent }[] {
  if (message.onlyFor !== null || !channel.members.has(world.botUserId)) return [];
  const types = {
    public: ['message.channels', 'channel'],
    private: ['message.groups', 'group'],
    im: ['message.im', 'im'],
  } as const;
  const [name, channelType] = types[channel.kind];
  const ts = world.nextTs();
  return [
    {
      name,
      event: {
        type: 'message',
        ts,
        event_ts: ts,
        ...fields,
        channel: channel.id,
        channel_type: channelType,
      },
    },
  ];
}

function reacted(
  world: World,
  change: Extract<Change, { type: 'reaction-added' | 'reaction-removed' }>,
): readonly { name: string; event: SlackEvent }[] {
  if (!change.channel.members.has(world.botUserId)) return [];
  const name = change.type === 'reaction-added' ? 'reaction_added' : 'reaction_removed';
  return [
    {
      name,
      event: {
        type: name,
        user: change.user,
        reaction: change.name,
        item: { type: 'message', channel: change.channel.id, ts: change.message.ts },
        item_user: change.message.author,
        event_ts: world.nextTs(),
      },
    },
  ];
}

function memberChanged(
  world: World,
  name: 'member_joined_channel' | 'member_left_channel',
  channel: Channel,
  user: string,
  inviter: string | null,
): readonly { name: string; event: SlackEvent }[] {
  if (!channel.members.has(world.botUserId)) return [];
  return [
    {
      name,
      event: {
        type: name,
        user,
        channel: channel.id,
        channel_type: channel.kind === 'private' ? 'G' : 'C',
        team: world.teamId,
        ...(inviter === null ? {} : { inviter }),
        event_ts: world.nextTs(),
      },
    },
  ];
}

function homeOpened(world: World, user: string): SlackEvent {
  const home = world.homes.get(user);
  const direct = [...world.channels.values()].find(
    (channel) => channel.kind === 'im' && channel.members.has(user),
  );
  return {
    type: 'app_home_opened',
    user,
    channel: direct?.id ?? '',
    tab: 'home',
    event_ts: world.nextTs(),
    ...(home === undefined ? {} : { view: wireHome(world, home) }),
  };
}
