import type { Modal } from '#practice/slack/world/modal.ts';
import { filePermalink } from '#practice/slack/world/permalinks.ts';
import type {
  Channel,
  HomeView,
  Message,
  Person,
  UploadedFile,
  World,
} from '#practice/slack/world/world.ts';

/** The world in Slack's JSON: what the Web API answers and what payloads carry. */
export function wireMessage(
  world: World,
  message: Message,
  withMetadata = true,
): Record<string, unknown> {
  const channel = world.channels.get(message.channel);
  const replies = (channel?.messages ?? []).filter(
    (other) => other.threadTs === message.ts && other.onlyFor === null,
  );
  return {
    type: 'message',
    ...(message.subtype === null ? {} : { subtype: message.subtype }),
    user: message.author,
    ts: message.ts,
    text: message.text,
    team: world.teamId,
    ...(message.byApp
      ? { bot_id: world.botId, app_id: world.appId, bot_profile: botProfile(world) }
      : {}),
    ...(message.blocks.length === 0 ? {} : { blocks: message.blocks }),
    ...(message.threadTs === null
      ? {}
      : { thread_ts: message.threadTs, parent_user_id: parentAuthor(channel, message) }),
    ...(replies.length === 0
      ? {}
      : {
          thread_ts: message.ts,
          reply_count: replies.length,
          reply_users: [...new Set(replies.map((reply) => reply.author))],
          latest_reply: replies.at(-1)?.ts,
        }),
    ...(message.editedTs === null
      ? {}
      : { edited: { user: message.editedBy ?? message.author, ts: message.editedTs } }),
    ...(message.reactions.length === 0
      ? {}
      : {
          reactions: message.reactions.map((reaction) => ({
            ...reaction,
            count: reaction.users.length,
          })),
        }),
    ...(message.files.length === 0
      ? {}
      : { files: message.files.map((file) => wireFile(world, file)), upload: false }),
    ...(withMetadata && message.metadata !== null ? { metadata: message.metadata } : {}),
    ...(channel?.pins.some((pin) => pin.ts === message.ts) === true
      ? { pinned_to: [message.channel] }
      : {}),
  };
}

export function wireFile(
  world: World,
  { id, name, title, type, size }: UploadedFile,
): Record<string, unknown> {
  return {
    id,
    name,
    title,
    mimetype: type,
    size,
    mode: 'hosted',
    url_private: `${world.origin}/files-pri/${id}/${encodeURIComponent(name)}`,
    permalink: filePermalink(world, id),
  };
}

function parentAuthor(channel: Channel | undefined, message: Message): string | undefined {
  return channel?.messages.find((other) => other.ts === message.threadTs)?.author;
}

function botProfile(world: World): Record<string, unknown> {
  return {
    id: world.botId,
    app_id: world.appId,
    user_id: world.botUserId,
    name: world.app.name ?? 'Handrail',
    team_id: world.teamId,
    deleted: false,
  };
}

export function wireChannel(world: World, channel: Channel): Record<string, unknown> {
  const common = {
    id: channel.id,
    created: channel.created,
    is_archived: channel.archived,
    is_im: channel.kind === 'im',
    is_mpim: false,
    context_team_id: world.teamId,
  };
  if (channel.kind === 'im') {
    return {
      ...common,
      is_open: true,
      user: [...channel.members].find((id) => id !== world.botUserId),
    };
  }
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_private: channel.kind === 'private',
    is_general: false,
    is_member: channel.members.has(world.botUserId),
    creator: channel.creator,
    topic: { value: channel.topic, creator: channel.creator, last_set: channel.created },
    purpose: { value: channel.purpose, creator: '', last_set: 0 },
    num_members: channel.members.size,
  };
}

export function wirePerson(
  world: World,
  person: Person,
  withEmail: boolean,
): Record<string, unknown> {
  return {
    id: person.id,
    team_id: world.teamId,
    name: person.name,
    real_name: person.realName,
    deleted: person.kind === 'deactivated',
    tz: 'Etc/UTC',
    tz_offset: 0,
    is_admin: person.admin,
    is_owner: false,
    is_bot: person.kind === 'bot',
    is_app_user: false,
    is_restricted: person.kind === 'guest',
    is_ultra_restricted: false,
    profile: {
      real_name: person.realName,
      display_name: person.name,
      team: world.teamId,
      ...(withEmail && person.email !== '' ? { email: person.email } : {}),
    },
  };
}

export function wireModal(world: World, modal: Modal): Record<string, unknown> {
  return {
    ...viewFrame(world, modal),
    type: 'modal',
    external_id: modal.externalId,
    title: plain(modal.title),
    submit: modal.submit === null ? null : plain(modal.submit),
    close: modal.close === null ? null : plain(modal.close),
    notify_on_close: modal.notifyOnClose,
    clear_on_close: modal.clearOnClose,
    root_view_id: modal.rootId,
    previous_view_id: modal.previousId,
    state: { values: modal.state },
  };
}

export function wireHome(world: World, home: HomeView): Record<string, unknown> {
  return {
    ...viewFrame(world, home),
    type: 'home',
    external_id: '',
    root_view_id: home.id,
    state: { values: {} },
  };
}

function viewFrame(
  world: World,
  view: Pick<Modal, 'id' | 'hash' | 'callbackId' | 'privateMetadata' | 'blocks'>,
): Record<string, unknown> {
  return {
    id: view.id,
    team_id: world.teamId,
    app_id: world.appId,
    bot_id: world.botId,
    app_installed_team_id: world.teamId,
    hash: view.hash,
    callback_id: view.callbackId,
    private_metadata: view.privateMetadata,
    blocks: view.blocks,
  };
}

function plain(text: string): { type: 'plain_text'; text: string; emoji: boolean } {
  return { type: 'plain_text', text, emoji: true };
}
