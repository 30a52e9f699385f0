import type { AllMiddlewareArgs, MessageShortcut, SlackShortcutMiddlewareArgs } from '@slack/bolt';

import { answer, sentence } from '#adapters/slack/answer.ts';
import { keyOf } from '#adapters/slack/intake.ts';
import { notedMessage } from '#adapters/slack/noted-message.ts';
import type { Request } from '#adapters/slack/request.ts';
import { whisper, whisperBy } from '#adapters/slack/whisper.ts';

import type { ListenerDeps } from './listener-deps.ts';

export const TIMELINE_SHORTCUT = 'add_to_timeline';
export const DECLARE_SHORTCUT = 'declare_incident';

type Args = SlackShortcutMiddlewareArgs<MessageShortcut> & AllMiddlewareArgs;

/** The message shortcuts «Add to timeline» and «Declare an incident». */
export function onShortcut(deps: ListenerDeps) {
  return async ({ ack, context, shortcut, respond }: Args): Promise<void> => {
    await ack();
    const { user, channel, message, trigger_id: trigger } = shortcut;
    const place = { person: user.id, channel: channel.id };
    const say = whisperBy(respond, whisper(deps.gateway, place));
    const { ts, ...rest } = message;
    const noted = await notedMessage(deps, channel.id, { ...rest, ts: ts ?? '' });
    const origin = { channel: channel.id, message: noted.message };
    const requests: Readonly<Record<string, Request>> = {
      [TIMELINE_SHORTCUT]: { act: 'noteMessage', origin, message: noted },
      [DECLARE_SHORTCUT]: { act: 'declare', origin, title: null, source: noted },
    };
    const request = requests[shortcut.callback_id];
    if (request === undefined) return say(sentence('This shortcut does nothing any more.'));
    const by = { id: user.id, name: user.name };
    return answer(deps, { by, once: keyOf(context), trigger, say }, request);
  };
}
