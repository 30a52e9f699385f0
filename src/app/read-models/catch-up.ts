import type { CatchUpMessage, ChatMessage, RecordRef } from '#ports/chat-messages.ts';

import type { Desired } from './desired.ts';
import type { Drawing } from './drawing.ts';
import { askedIn } from './run-message.ts';

/** One message in place of several that could not be posted in time. */
export function catchUp(drawing: Drawing, told: readonly Desired[]): CatchUpMessage {
  const { stream, settings, now } = drawing;
  const inOrder = told
    .flatMap(({ happened, message }) =>
      happened === undefined ? [] : [{ at: happened, message, ...said(message) }],
    )
    .toSorted((one, other) => one.at.localeCompare(other.at));
  const notices = inOrder.flatMap(({ message }) => (message.kind === 'notice' ? [message] : []));
  const command = settings.incident.commands.incident.replace(/^\//, '');
  return {
    kind: 'catch-up',
    lines: inOrder.map(({ at, text, by }) => ({ at, text, by })),
    waiting: Object.values(stream.runs).flatMap((run) => {
      const question = run.parent === null ? askedIn(drawing, run) : null;
      return question === null ? [] : [`${question.title}: ${question.who}`];
    }),
    now,
    // Nobody is called for what they did themselves.
    mention: [
      ...new Set(notices.flatMap(({ mention, by }) => mention.filter((id) => id !== by?.id))),
    ],
    record: newest(inOrder.flatMap(({ record }) => record ?? [])),
    timeline: stream.incident === null ? `handrail timeline ${stream.id}` : `/${command} timeline`,
  };
}

function newest(records: readonly RecordRef[]): RecordRef | null {
  return records.toSorted((one, other) => other.position - one.position)[0] ?? null;
}

type Said = Pick<CatchUpMessage['lines'][number], 'text' | 'by'> & { record: RecordRef | null };

function said(message: ChatMessage): Said {
  switch (message.kind) {
    case 'notice':
      return { text: message.text, by: message.by, record: message.record };
    case 'evidence':
      return { text: `${message.title}: ${message.summary}`, by: null, record: message.record };
    default:
      return { text: '', by: null, record: null };
  }
}
