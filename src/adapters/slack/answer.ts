import type { FormValues, Reply, UseCases } from '#app/use-cases.ts';
import type { PersonRef } from '#ports/chat-messages.ts';
import type { Log } from '#ports/log.ts';
import { PortError } from '#ports/port-error.ts';

import type { Gateway } from './gateway.ts';
import { formMetadata, type KeptRequests } from './kept-requests.ts';
import { LIMITS } from './limits.ts';
import { channelLink, mrkdwn } from './mrkdwn.ts';
import { perform, type Request } from './request.ts';
import type { Time } from './time.ts';
import { section, type SlackMessage } from './views/blocks.ts';
import { briefMessage } from './views/brief.ts';
import { formModal } from './views/form-modal.ts';
import { incidentListMessage } from './views/incident-list.ts';
import { requestButtons } from './views/request-buttons.ts';
import { runbookListMessage } from './views/runbook-list.ts';
import { timelineMessage } from './views/timeline.ts';

/** A press that shows nothing for this long is pressed again. */
const WORKING_AFTER_MS = 800;
/** A trigger lives three seconds; an answer about its end must come right after. */
const OPEN_WITHIN_MS = 2_500;

export type AnswerDeps = {
  useCases: UseCases;
  gateway: Gateway;
  keptRequests: KeptRequests;
  time: Time;
  log: Log;
};

/** The one who asked: who they are, and how to show them alone something. */
export type Asker = {
  by: PersonRef;
  /** The key of the payload, which comes again if we die over it. */
  once: string | undefined;
  /** Opens one form within three seconds of the press; null where there was none (a mention). */
  trigger: string | null;
  say(message: SlackMessage): Promise<void>;
};

/**
 * Carries out what a person asked and shows them the reply; a failure of ours is a sentence with a
 * reference that the log has, too. Resolves when the person has been told, or could not be.
 */
export async function answer(
  deps: AnswerDeps,
  asker: Asker,
  request: Request,
  values: FormValues | null = null,
): Promise<void> {
  // Slack takes nothing back that it shows one person alone, so the words are such as stay true.
  const stillWorking = deps.time.after(WORKING_AFTER_MS, () => {
    void tell(deps, asker, sentence('Got it. This takes a moment.'));
  });
  const reply = await replyTo(deps, asker, request, values).finally(stillWorking);
  await showReply(deps, asker, request, reply);
}

/** The reply of the use case; an exception becomes a refusal with a reference. */
export async function replyTo(
  deps: AnswerDeps,
  { by, once }: Pick<Asker, 'by' | 'once'>,
  request: Request,
  values: FormValues | null,
): Promise<Reply> {
  try {
    return await perform(deps.useCases, request, by, values, once);
  } catch (error) {
    const reference = crypto.randomUUID().slice(0, 8);
    deps.log.error({ err: error, reference, act: request.act }, 'request failed');
    return {
      kind: 'refused',
      code: 'internal',
      message: `That failed on our side. Try again; if it fails again, quote reference ${reference}.`,
    };
  }
}

export async function showReply(
  deps: AnswerDeps,
  asker: Asker,
  request: Request,
  reply: Reply,
): Promise<void> {
  switch (reply.kind) {
    case 'done': {
      const drawn = drawReply(reply, request);
      if (drawn !== null) return tell(deps, asker, drawn);
      const place = reply.channel === undefined ? [] : [channelLink(reply.channel)];
      const text = reply.text === null ? [] : [mrkdwn(reply.text, LIMITS.section - 100)];
      const said = [...text, ...place].join(' ');
      return said === '' ? undefined : tell(deps, asker, { text: said, blocks: [section(said)] });
    }
    case 'refused':
      return tell(deps, asker, sentence(reply.message));
    case 'form':
      return openForm(deps, asker, request, reply);
    default:
      return reply satisfies never;
  }
}

/** What can be drawn better than as a sentence. */
function drawReply(reply: Reply & { kind: 'done' }, request: Request): SlackMessage | null {
  if (reply.runbooks !== undefined) {
    const { origin } = request;
    const asked =
      request.act === 'listRunbooks' ? request : ({ act: 'listRunbooks', origin } as const);
    return runbookListMessage(reply.runbooks, asked);
  }
  if (reply.timeline !== undefined) return timelineMessage(reply.timeline, request.origin);
  if (reply.incidents !== undefined) return incidentListMessage(reply.incidents);
  if (reply.brief !== undefined) return briefMessage(reply.brief);
  return null;
}

async function openForm(
  deps: AnswerDeps,
  asker: Asker,
  request: Request,
  { form }: Reply & { kind: 'form' },
): Promise<void> {
  const view = formModal(form, await formMetadata(deps.keptRequests, request));
  if (asker.trigger === null) return tell(deps, asker, formButton('This needs a form.', request));
  try {
    const args = { trigger_id: asker.trigger, view };
    await deps.gateway.call('views.open', args, { rank: 'now', withinMs: OPEN_WITHIN_MS });
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    deps.log.warn({ code: error.code, act: request.act }, 'form could not be opened');
    await tell(deps, asker, formButton('Slack gave us too little time to open the form.', request));
  }
}

function formButton(text: string, request: Request): SlackMessage {
  const buttons = requestButtons([{ label: 'Open the form', request }]);
  return { text, blocks: [section(text), ...buttons] };
}

export function sentence(text: string): SlackMessage {
  const encoded = mrkdwn(text, LIMITS.section) || '…';
  return { text: encoded, blocks: [section(encoded)] };
}

/** A person that cannot be told is no reason to do the request again. */
async function tell(deps: AnswerDeps, asker: Asker, message: SlackMessage): Promise<void> {
  try {
    await asker.say(message);
  } catch (error) {
    deps.log.warn({ person: asker.by.id, reason: String(error) }, 'answer could not be shown');
  }
}
