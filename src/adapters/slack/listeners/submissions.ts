import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';

import { type Asker, replyTo, sentence, showReply } from '#adapters/slack/answer.ts';
import { formValues } from '#adapters/slack/form-values.ts';
import { keyOf } from '#adapters/slack/intake.ts';
import { formMetadata, requestOfForm } from '#adapters/slack/kept-requests.ts';
import { plainText } from '#adapters/slack/mrkdwn.ts';
import { formModal } from '#adapters/slack/views/form-modal.ts';
import { whisper } from '#adapters/slack/whisper.ts';

import type { ListenerDeps } from './listener-deps.ts';

type Args = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** Slack waits three seconds for what to do with the form; a person should wait less. */
const WAIT_MS = 1_500;

/**
 * Submitted forms. An answer that comes in time is shown in the form: a refusal at its first field,
 * a further form in its place. A later one is whispered, and the form closes meanwhile.
 */
export function onSubmission(deps: ListenerDeps) {
  return async ({ ack, body, context, view }: Args): Promise<void> => {
    const { id, name } = body.user;
    const request = await requestOfForm(deps.keptRequests, view.private_metadata);
    const channel = request?.origin.channel ?? null;
    const asker: Asker = {
      by: { id, name },
      once: keyOf(context),
      trigger: null,
      say: whisper(deps.gateway, { person: id, channel }),
    };
    if (request === null) {
      await ack();
      return asker.say(
        sentence('This form is out of date. Nothing was done; please open it again.'),
      );
    }

    const reply = replyTo(deps, asker, request, formValues(view.state.values));
    const inTime = await Promise.race([reply, waited(deps)]);
    const field = view.blocks.find((block) => block.type === 'input')?.block_id;
    if (inTime?.kind === 'refused' && field !== undefined) {
      return ack({
        response_action: 'errors',
        errors: { [field]: plainText(inTime.message, 500) },
      });
    }
    if (inTime?.kind === 'form') {
      const metadata = await formMetadata(deps.keptRequests, request);
      return ack({ response_action: 'update', view: formModal(inTime.form, metadata) });
    }
    await ack();
    return showReply(deps, asker, request, await reply);
  };
}

function waited(deps: ListenerDeps): Promise<null> {
  return new Promise((resolve) => {
    deps.time.after(WAIT_MS, () => resolve(null));
  });
}
