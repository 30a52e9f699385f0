import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';

import { sentence } from '#adapters/slack/answer.ts';
import { keyOf } from '#adapters/slack/intake.ts';
import { commandName } from '#adapters/slack/views/menu.ts';
import { whisper, whisperBy } from '#adapters/slack/whisper.ts';

import { doIncidentAct } from './incident-act.ts';
import type { ListenerDeps } from './listener-deps.ts';
import { doRunbookAct } from './runbook-act.ts';

type Args = SlackCommandMiddlewareArgs & AllMiddlewareArgs;

/** Slash commands, by the names that the settings have now. */
export function onCommand(deps: ListenerDeps) {
  return async ({ command, ack, context, respond }: Args): Promise<void> => {
    await ack();
    const { user_id: person, user_name: name, channel_id: channel } = command;
    const asker = {
      by: { id: person, name },
      once: keyOf(context),
      trigger: command.trigger_id,
      say: whisperBy(respond, whisper(deps.gateway, { person, channel })),
    };
    const origin = { channel, message: null };
    const names = deps.settings().incident.commands;

    if (command.command === commandName(names.incident)) {
      return doIncidentAct(deps, asker, command.text, origin);
    }
    if (command.command === commandName(names.runbook)) {
      return doRunbookAct(deps, asker, command.text, origin);
    }
    return asker.say(
      sentence(`Use ${commandName(names.incident)} or ${commandName(names.runbook)} instead.`),
    );
  };
}
