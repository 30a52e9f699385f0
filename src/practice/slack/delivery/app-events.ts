import { wireHome, wireMessage, wirePerson } from '#practice/slack/api/wire.ts';
import type { UsergroupSeed } from '#practice/slack/options.ts';
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
    case 'usergroup-changed':
      return usergroupChanged(world, change.usergroup, change.previous);
    case 'person-changed':
      return [
        {
          name: 'user_change',
          event: {
            type: 'user_change',
            user: wirePerson(world, change.person, false),
            cache_ts: unixSeconds(world),
            event_ts: world.nextTs(),
          },
        },
      ];
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

/** Both, as Slack: what has become of it, and who came and went. */
function usergroupChanged(
  world: World,
  { members, ...group }: UsergroupSeed,
  previous: UsergroupSeed,
): readonly { name: string; event: SlackEvent }[] {
  const added = members.filter((id) => !previous.members.includes(id));
  const removed = previous.members.filter((id) => !members.includes(id));
  const now = unixSeconds(world);
  return [
    {
      name: 'subteam_updated',
      event: {
        type: 'subteam_updated',
        subteam: {
          ...group,
          team_id: world.teamId,
          is_usergroup: true,
          is_subteam: true,
          is_external: false,
          date_update: now,
          date_delete: 0,
          users: members,
          user_count: members.length,
        },
        event_ts: world.nextTs(),
      },
    },
    {
      name: 'subteam_members_changed',
      event: {
        type: 'subteam_members_changed',
        subteam_id: group.id,
        team_id: world.teamId,
        date_previous_update: now,
        date_update: now,
        added_users: added,
        added_users_count: added.length,
        removed_users: removed,
        removed_users_count: removed.length,
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
