import { wireMessage, wireModal } from '#practice/slack/api/wire.ts';
import type { Modal } from '#practice/slack/world/modal.ts';
import type { Channel, Message, World } from '#practice/slack/world/world.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What every interactive payload says: who, where installed, and a trigger to open a modal with. */
export function interactive(world: World, type: string, user: string, triggerId: string): Fields {
  const person = world.people.get(user);
  return {
    type,
    token: 'practice',
    api_app_id: world.appId,
    trigger_id: triggerId,
    team: { id: world.teamId, domain: world.teamName.toLowerCase() },
    enterprise: null,
    is_enterprise_install: false,
    user: { id: user, username: person?.name, name: person?.name, team_id: world.teamId },
  };
}

export function channelFields(channel: Channel): { id: string; name: string } {
  return { id: channel.id, name: channel.kind === 'im' ? 'directmessage' : channel.name };
}

/** Where a press happened: an ephemeral message is named but not sent along, as in Slack. */
export function messagePlace(world: World, channel: Channel, message: Message): Fields {
  const ephemeral = message.onlyFor !== null;
  return {
    channel: channelFields(channel),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    },
    ...(ephemeral ? {} : { message: wireMessage(world, message) }),
  };
}

export function modalPlace(world: World, modal: Modal): Fields {
  return { container: { type: 'view', view_id: modal.id }, view: wireModal(world, modal) };
}
