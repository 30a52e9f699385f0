import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';

import { answer, sentence } from '#adapters/slack/answer.ts';
import { keyOf } from '#adapters/slack/intake.ts';
import { readRequest, type Request } from '#adapters/slack/request.ts';
import { CONTROL_PREFIX } from '#adapters/slack/views/blocks.ts';
import { REQUEST_PREFIX } from '#adapters/slack/views/request-buttons.ts';
import { whisper, whisperBy } from '#adapters/slack/whisper.ts';

import type { ListenerDeps } from './listener-deps.ts';

type Args = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;

/** Presses of buttons: of the core's controls, and of those that carry a request. */
export function onPress(deps: ListenerDeps) {
  return async ({ ack, action, body, context, respond }: Args): Promise<void> => {
    await ack();
    const { id, username: name } = body.user;
    const channel = body.channel?.id ?? null;
    const whispered = whisper(deps.gateway, { person: id, channel });
    const value = action.type === 'button' ? action.value : undefined;
    const message = body.message?.ts ?? null;
    const request = requestOf(action.action_id, value, { channel, message });
    const isOwn = 'is_ephemeral' in body.container && body.container['is_ephemeral'] === true;
    const asker = {
      by: { id, name },
      once: keyOf(context),
      trigger: body.trigger_id,
      say: whisperBy(respond, whispered, isOwn && request !== null && turnsPage(request)),
    };

    if (request === null) {
      return asker.say(sentence('This button does nothing any more. Use the newest message here.'));
    }
    await answer(deps, asker, request);
    // Who presses sees at once what came of it; the others' homes follow at their pace.
    if (body.container['type'] === 'view') await deps.useCases.openHome({ by: asker.by });
  };
}

/** The next page comes in place of the one before. */
function turnsPage({ act }: Request): boolean {
  return act === 'timeline' || act === 'listRunbooks';
}

function requestOf(
  action: string,
  value: string | undefined,
  origin: Request['origin'],
): Request | null {
  if (action.startsWith(REQUEST_PREFIX)) return readRequest(value);
  if (!action.startsWith(CONTROL_PREFIX) || value === undefined) return null;
  return { act: 'press', origin, control: value };
}
