import type { ReceiverEvent } from '@slack/bolt';

import type { Inbox } from '#adapters/slack/inbox.ts';
import { createIntake } from '#adapters/slack/intake.ts';
import { onCommand } from '#adapters/slack/listeners/commands.ts';
import type { ListenerDeps } from '#adapters/slack/listeners/listener-deps.ts';
import { onMention } from '#adapters/slack/listeners/mentions.ts';
import { onPress } from '#adapters/slack/listeners/presses.ts';
import { onSubmission } from '#adapters/slack/listeners/submissions.ts';
import type { JsonObject } from '#domain/json.ts';

/** The product's own intake and listeners, with the little of Bolt between them that they need. */
export type SlackEntrance = {
  /** `ack` is called when Slack is told that we have it. */
  receive(body: JsonObject, ack: () => void): Promise<void>;
  /** Deals with what was acknowledged and not finished. */
  sweep(): Promise<void>;
};

type Deps = ListenerDeps & { inbox: Inbox };

export function createSlackEntrance(deps: Deps): SlackEntrance {
  const press = onPress(deps);
  const submission = onSubmission(deps);
  const mention = onMention(deps);
  const command = onCommand(deps);

  function listenerFor(body: ReceiverEvent['body']) {
    if (typeof body['command'] === 'string') return command;
    if (body['type'] === 'block_actions') return press;
    return body['type'] === 'view_submission' ? submission : mention;
  }

  async function processEvent({ body, ack, customProperties }: ReceiverEvent): Promise<void> {
    const { user, channel_id: channel, user_id: person } = body;
    const args = {
      ack,
      body,
      context: { ...customProperties },
      action: body['actions']?.[0],
      view: body['view'],
      event: body['event'],
      command: body,
      respond: async (message: object) => {
        await deps.gateway.call('chat.postEphemeral', {
          channel: channel ?? body['channel']?.id,
          user: person ?? user?.id,
          trigger: body['trigger_id'],
          ...message,
        });
      },
    };
    // Bolt gives each listener the same bag.
    await Reflect.apply(listenerFor(body), undefined, [args]);
  }

  // Its people are asked anew each time; see `directory.ts`.
  const intake = createIntake({ ...deps, onChange: async () => {} });
  const bolt = { processEvent };
  const guarded = intake.guard(bolt);
  return {
    receive: (body, ack) => guarded.processEvent({ body, ack: async () => ack() }),
    sweep: () => intake.replay(bolt),
  };
}
