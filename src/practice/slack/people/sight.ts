import type { Block } from '#practice/slack/blocks/block.ts';
import type { InteractiveElement } from '#practice/slack/blocks/element.ts';
import { elementsOf, type PlacedElement } from '#practice/slack/blocks/elements-of.ts';
import { optionsOf } from '#practice/slack/blocks/values.ts';
import type { JsonObject } from '#practice/slack/json.ts';
import type { Modal } from '#practice/slack/world/modal.ts';
import { topModal } from '#practice/slack/world/modals.ts';
import { unreadOf, type Unread } from '#practice/slack/world/reading.ts';
import type { Channel, HomeView, Message, World } from '#practice/slack/world/world.ts';

/** Something that can be pressed or chosen from, and where it stands. */
export type Control = {
  /** The message it is in, or neither for a modal and the home tab. */
  channel: string | null;
  ts: string | null;
  view: string | null;
  blockId: string;
  actionId: string;
  kind: InteractiveElement['type'];
  /** What is written on it; for a menu its placeholder. */
  label: string;
  style: 'primary' | 'danger' | null;
  options: readonly { label: string; value: string }[];
  confirm: {
    title: string;
    text: string;
    confirm: string;
    deny: string;
    style: 'primary' | 'danger' | null;
  } | null;
};

export type SeenMessage = {
  channel: string;
  ts: string;
  author: { id: string; name: string; realName: string; isApp: boolean };
  text: string;
  blocks: readonly Block[];
  threadTs: string | null;
  onlyYou: boolean;
  edited: boolean;
  notice: boolean;
  reactions: readonly { name: string; users: readonly string[] }[];
  files: readonly { id: string; name: string; title: string; type: string }[];
  controls: readonly Control[];
};

export type SeenChannel = {
  id: string;
  kind: 'public' | 'private' | 'im';
  name: string;
  topic: string;
  archived: boolean;
  members: readonly string[];
  messages: readonly SeenMessage[];
  pins: readonly string[];
  bookmarks: readonly { title: string; link: string }[];
  unread: Unread;
};

/** A field of a form; `label` is what a person reads beside it. */
export type Field = {
  blockId: string;
  actionId: string;
  kind: InteractiveElement['type'];
  label: string;
  optional: boolean;
  options: readonly { label: string; value: string }[];
  state: JsonObject;
};

export type SeenModal = {
  id: string;
  title: string;
  submit: string | null;
  close: string | null;
  depth: number;
  blocks: readonly Block[];
  fields: readonly Field[];
  controls: readonly Control[];
  errors: Readonly<Record<string, string>>;
};

/** All that one person sees of the workspace at one moment. `lastId` is the change it includes. */
export type Sight = {
  lastId: number;
  me: string;
  app: { id: string; name: string };
  people: readonly { id: string; name: string; realName: string }[];
  channels: readonly SeenChannel[];
  joinable: readonly { id: string; name: string }[];
  modal: SeenModal | null;
  home: SeenHome | null;
};

export type SeenHome = { id: string; blocks: readonly Block[]; controls: readonly Control[] };

export function sightOf(world: World, user: string): Sight {
  const home = world.homes.get(user);
  const modal = topModal(world, user);
  const channels = [...world.channels.values()];
  return {
    lastId: world.feed.lastId(),
    me: user,
    app: { id: world.botUserId, name: nameOf(world, world.botUserId) },
    people: [...world.people.values()].map(({ id, name, realName }) => ({ id, name, realName })),
    channels: channels
      .filter((channel) => channel.members.has(user))
      .map((channel) => seenChannel(world, channel, user)),
    joinable: channels
      .filter(
        (channel) => channel.kind === 'public' && !channel.archived && !channel.members.has(user),
      )
      .map(({ id, name }) => ({ id, name })),
    modal: modal === undefined ? null : seenModal(modal, world.modals.get(user)?.length ?? 1),
    home: home === undefined ? null : seenHome(home),
  };
}

export function nameOf(world: World, id: string): string {
  return world.people.get(id)?.name ?? id;
}

export function seenChannel(world: World, channel: Channel, user: string): SeenChannel {
  return {
    id: channel.id,
    kind: channel.kind,
    name: channel.kind === 'im' ? nameOf(world, world.botUserId) : channel.name,
    topic: channel.topic,
    archived: channel.archived,
    members: [...channel.members],
    messages: channel.messages
      .filter((message) => message.onlyFor === null || message.onlyFor === user)
      .map((message) => seenMessage(world, message)),
    pins: channel.pins.map((pin) => pin.ts),
    bookmarks: channel.bookmarks.map(({ title, link }) => ({ title, link })),
    unread: unreadOf(world, channel, user),
  };
}

function seenMessage(world: World, message: Message): SeenMessage {
  return {
    channel: message.channel,
    ts: message.ts,
    author: {
      id: message.author,
      name: nameOf(world, message.author),
      realName: world.people.get(message.author)?.realName ?? message.author,
      isApp: message.byApp,
    },
    text: message.text,
    blocks: message.blocks,
    threadTs: message.threadTs,
    onlyYou: message.onlyFor !== null,
    edited: message.editedTs !== null,
    notice: message.subtype !== null,
    reactions: message.reactions,
    files: message.files.map(({ id, name, title, type }) => ({ id, name, title, type })),
    controls: controlsIn(message.blocks, { channel: message.channel, ts: message.ts, view: null }),
  };
}

function seenHome({ id, blocks }: HomeView): SeenHome {
  return { id, blocks, controls: controlsIn(blocks, { channel: null, ts: null, view: id }) };
}

export function seenModal(modal: Modal, depth: number): SeenModal {
  return {
    id: modal.id,
    title: modal.title,
    submit: modal.submit,
    close: modal.close,
    depth,
    blocks: modal.blocks,
    errors: modal.errors,
    controls: controlsIn(modal.blocks, { channel: null, ts: null, view: modal.id }),
    fields: elementsOf(modal.blocks).flatMap(({ block, blockId, actionId, element }) =>
      block.type === 'input'
        ? [
            {
              blockId,
              actionId,
              kind: element.type,
              label: block.label.text,
              optional: block.optional === true,
              options: choices(element),
              state: modal.state[blockId]?.[actionId] ?? { type: element.type },
            },
          ]
        : [],
    ),
  };
}

function controlsIn(
  blocks: readonly Block[],
  place: Pick<Control, 'channel' | 'ts' | 'view'>,
): readonly Control[] {
  return elementsOf(blocks)
    .filter(({ block }) => block.type !== 'input' || block.dispatch_action === true)
    .map((placed) => ({
      ...place,
      blockId: placed.blockId,
      actionId: placed.actionId,
      kind: placed.element.type,
      label: labelOf(placed),
      style: 'style' in placed.element ? (placed.element.style ?? null) : null,
      options: choices(placed.element),
      confirm: confirmOf(placed.element),
    }));
}

function labelOf({ element, block }: PlacedElement): string {
  if (element.type === 'button' || element.type === 'icon_button') return element.text.text;
  if (block.type === 'input') return block.label.text;
  return 'placeholder' in element ? (element.placeholder?.text ?? '') : '';
}

function choices(element: InteractiveElement): readonly { label: string; value: string }[] {
  if (element.type === 'feedback_buttons') {
    return [element.positive_button, element.negative_button].map(({ text, value }) => ({
      label: text.text,
      value,
    }));
  }
  return optionsOf(element).map((option) => ({ label: option.text.text, value: option.value }));
}

export function confirmOf(element: InteractiveElement): Control['confirm'] {
  if (!('confirm' in element) || element.confirm === undefined) return null;
  const { title, text, confirm, deny, style } = element.confirm;
  return {
    title: title?.text ?? 'Are you sure?',
    text: text.text,
    confirm: confirm?.text ?? 'Yes',
    deny: deny?.text ?? 'Cancel',
    style: style ?? null,
  };
}
