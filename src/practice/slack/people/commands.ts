import { wireMessage } from '#practice/slack/api/wire.ts';
import { respond } from '#practice/slack/delivery/response-urls.ts';
import { isObject } from '#practice/slack/json.ts';
import { Refusal } from '#practice/slack/refusal.ts';
import { postMessage } from '#practice/slack/world/messages.ts';
import { markRead } from '#practice/slack/world/reading.ts';

import type { Act, ActResult } from './act.ts';
import { composeText, withReferences } from './compose.ts';
import { channelFields, interactive } from './payloads.ts';
import { channelOf, type PeopleDeps, tellNoAck, tellOnly, visibleMessage } from './people-deps.ts';

/** Sends what was typed: a message, or a command when it begins with a slash outside a thread. */
export async function type(
  deps: PeopleDeps,
  user: string,
  act: Extract<Act, { act: 'type' }>,
): Promise<ActResult> {
  const { world } = deps;
  const channel = channelOf(world, act.channel, user);
  if (channel.archived) throw new Refusal('is_archived');
  const thread = act.thread ?? null;
  const parent = thread === null ? null : visibleMessage(channel, thread, user);
  if (/^\/[a-z]/.test(act.text)) {
    if (thread !== null) {
      tellOnly(world, channel, user, 'Slash commands do not work in threads. Sorry!', thread);
      return {
        ok: false,
        error: 'not_in_threads',
        message: 'Slash commands do not work in threads.',
      };
    }
    return command(deps, user, act);
  }
  const message = postMessage(world, channel, {
    author: user,
    byApp: false,
    text: composeText(world, act.text),
    threadTs: parent === null ? null : (parent.threadTs ?? parent.ts),
  });
  markRead(world, channel, user, message.ts);
  return { ok: true, ackMs: null, channel: channel.id, ts: message.ts };
}

async function command(
  deps: PeopleDeps,
  user: string,
  act: Extract<Act, { act: 'type' }>,
): Promise<ActResult> {
  const { world } = deps;
  const channel = channelOf(world, act.channel, user);
  const [, name = '', rest = ''] = /^(\/\S+)\s*([^]*)$/.exec(act.text) ?? [];
  const known = world.app.commands?.find((candidate) => candidate.command === name);
  if (known === undefined) {
    tellOnly(world, channel, user, `\`${name}\` is not a valid command.`);
    return { ok: false, error: 'no_such_command', message: `${name} is not a valid command.` };
  }
  const receipt = await deps.dispatcher.act('slash_commands', name, {
    token: 'practice',
    team_id: world.teamId,
    team_domain: world.teamName.toLowerCase(),
    channel_id: channel.id,
    channel_name: channelFields(channel).name,
    user_id: user,
    user_name: world.people.get(user)?.name,
    command: name,
    text: known.shouldEscape === true ? withReferences(world, rest) : rest,
    api_app_id: world.appId,
    is_enterprise_install: 'false',
    response_url: deps.responseUrls.issue(channel, user, null),
    trigger_id: deps.triggers.issue(user),
  });
  if (!receipt.acknowledged) {
    const code = receipt.reason === 'timeout' ? 'operation_timeout' : 'dispatch_failed';
    tellOnly(world, channel, user, `${name} failed with the error "${code}".`);
    return { ok: false, error: code, message: `${name} failed with the error "${code}".` };
  }
  if (saysSomething(receipt.answer)) {
    respond(world, { channel, user, ts: null }, receipt.answer);
  }
  return { ok: true, ackMs: receipt.ms };
}

function saysSomething(answer: unknown): boolean {
  if (typeof answer === 'string') return answer.trim() !== '';
  return isObject(answer) && (answer['text'] !== undefined || answer['blocks'] !== undefined);
}

/** A shortcut of the app: on a message, or from anywhere. */
export async function shortcut(
  deps: PeopleDeps,
  user: string,
  act: Extract<Act, { act: 'shortcut' }>,
): Promise<ActResult> {
  const { world } = deps;
  const onMessage = act.channel !== null && act.channel !== undefined;
  const known = world.app.shortcuts?.find(
    (candidate) =>
      candidate.callbackId === act.callbackId && (candidate.type === 'message') === onMessage,
  );
  if (known === undefined) throw new Refusal('no_such_shortcut');

  const triggerId = deps.triggers.issue(user);
  const fields = { callback_id: known.callbackId, action_ts: world.nextTs() };
  if (!onMessage) {
    const receipt = await deps.dispatcher.act('interactive', `shortcut ${known.callbackId}`, {
      ...interactive(world, 'shortcut', user, triggerId),
      ...fields,
    });
    return receipt.acknowledged
      ? { ok: true, ackMs: receipt.ms }
      : { ok: false, error: receipt.reason, message: 'The app did not answer in time.' };
  }
  const channel = channelOf(world, act.channel ?? '', user);
  const message = visibleMessage(channel, act.ts ?? '', user);
  const receipt = await deps.dispatcher.act('interactive', `message_action ${known.callbackId}`, {
    ...interactive(world, 'message_action', user, triggerId),
    ...fields,
    channel: channelFields(channel),
    message: wireMessage(world, message),
    message_ts: message.ts,
    response_url: deps.responseUrls.issue(channel, user, message.ts),
  });
  if (receipt.acknowledged) return { ok: true, ackMs: receipt.ms };
  tellNoAck(world, channel, user, message.threadTs);
  return { ok: false, error: receipt.reason, message: 'The app did not answer in time.' };
}
