import { typeOf } from '#practice/slack/api/files.ts';
import { reactionName } from '#practice/slack/api/marks.ts';
import { Refusal } from '#practice/slack/refusal.ts';
import { findChannel, joinChannel, openDirectMessage } from '#practice/slack/world/channels.ts';
import { newId } from '#practice/slack/world/ids.ts';
import {
  addReaction,
  deleteMessage,
  dismissMessage,
  editMessage,
  needMessage,
  postMessage,
  removeReaction,
} from '#practice/slack/world/messages.ts';
import { pinMessage, unpinMessage } from '#practice/slack/world/pins.ts';
import { markRead } from '#practice/slack/world/reading.ts';

import type { Act, ActResult } from './act.ts';
import { shortcut, type } from './commands.ts';
import { composeText } from './compose.ts';
import { closeForm, submit } from './forms.ts';
import { channelOf, type PeopleDeps } from './people-deps.ts';
import { press } from './press.ts';

const DONE = { ok: true, ackMs: null } as const;

/** Does what one person does, or throws a Refusal when the screen would not let them. */
export async function perform(deps: PeopleDeps, user: string, act: Act): Promise<ActResult> {
  const { world } = deps;
  switch (act.act) {
    case 'type':
      return type(deps, user, act);
    case 'press':
      return press(deps, user, act);
    case 'submit':
      return submit(deps, user, act);
    case 'close':
      return closeForm(deps, user, act);
    case 'shortcut':
      return shortcut(deps, user, act);
    case 'react':
      addReaction(world, channelOf(world, act.channel, user), act.ts, reactionName(act.name), user);
      return DONE;
    case 'unreact':
      removeReaction(
        world,
        channelOf(world, act.channel, user),
        act.ts,
        reactionName(act.name),
        user,
      );
      return DONE;
    case 'pin':
      pinMessage(world, channelOf(world, act.channel, user), act.ts, user);
      return DONE;
    case 'unpin':
      unpinMessage(world, channelOf(world, act.channel, user), act.ts);
      return DONE;
    case 'read':
      markRead(world, channelOf(world, act.channel, user), user, act.ts);
      return DONE;
    case 'dismiss':
      dismissMessage(world, channelOf(world, act.channel, user), act.ts, user);
      return DONE;
    case 'upload':
      return upload(deps, user, act);
    case 'home':
      openDirectMessage(world, user);
      world.feed.publish({ type: 'home-opened', user });
      return DONE;
    case 'message-app':
      return { ...DONE, channel: openDirectMessage(world, user).id };
    case 'join': {
      const channel = findChannel(world, act.channel, user);
      if (channel === undefined) throw new Refusal('channel_not_found');
      if (channel.archived) throw new Refusal('is_archived');
      if (!channel.members.has(user)) joinChannel(world, channel, user, null);
      return DONE;
    }
    case 'edit': {
      const { channel, message } = own(deps, user, act);
      editMessage(world, channel, message, { text: composeText(world, act.text), blocks: [] });
      return DONE;
    }
    case 'delete': {
      const { channel, message } = own(deps, user, act);
      deleteMessage(world, channel, message);
      return DONE;
    }
    default:
      return act satisfies never;
  }
}

function upload(
  { world }: PeopleDeps,
  user: string,
  act: Extract<Act, { act: 'upload' }>,
): ActResult {
  const channel = channelOf(world, act.channel, user);
  if (channel.archived) throw new Refusal('is_archived');
  const bytes = new Uint8Array(Buffer.from(act.data, 'base64'));
  const file = {
    id: newId('F'),
    name: act.name,
    title: act.name,
    type: typeOf(act.name),
    size: bytes.byteLength,
    bytes,
    readyAt: world.clock.now().getTime(),
  };
  world.files.set(file.id, file);
  const text = composeText(world, act.text);
  const { ts } = postMessage(world, channel, { author: user, byApp: false, text, files: [file] });
  return { ok: true, ackMs: null, channel: channel.id, ts };
}

function own(deps: PeopleDeps, user: string, at: { channel: string; ts: string }) {
  const channel = channelOf(deps.world, at.channel, user);
  const message = needMessage(channel, at.ts);
  if (message.author !== user || message.subtype !== null) throw new Refusal('not_yours');
  return { channel, message };
}
