import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';

import { showReply } from '#adapters/slack/answer.ts';
import { keyOf } from '#adapters/slack/intake.ts';
import { whisper } from '#adapters/slack/whisper.ts';

import type { ListenerDeps } from './listener-deps.ts';

type Joined = SlackEventMiddlewareArgs<'member_joined_channel'> & AllMiddlewareArgs;
type Left = SlackEventMiddlewareArgs<'member_left_channel'> & AllMiddlewareArgs;

/** Whoever comes into an incident's channel is told there, alone, how things stand. */
export function onMemberJoined(deps: ListenerDeps) {
  return async ({ event, context }: Joined): Promise<void> => {
    const { user, channel } = event;
    if (user === context.botUserId) return deps.useCases.letIn({ channel });
    const by = { id: user, name: (await deps.directory.person(user)).name };
    const reply = await deps.useCases.membership({ by, channel, joined: true });
    const say = whisper(deps.gateway, { person: user, channel });
    const asker = { by, once: keyOf(context), trigger: null, say };
    const origin = { channel, message: null };
    await showReply(deps, asker, { act: 'incidentStatus', origin }, reply);
  };
}

export function onMemberLeft(deps: ListenerDeps) {
  return async ({ event, context }: Left): Promise<void> => {
    const { user, channel } = event;
    if (user === context.botUserId) return;
    const by = { id: user, name: (await deps.directory.person(user)).name };
    await deps.useCases.membership({ by, channel, joined: false });
  };
}
