import type { Lane } from '#app/execute.ts';
import type { ChatMessage, StepMark } from '#ports/chat-messages.ts';

import { announcement, suggestion } from './announcement.ts';
import { approvalMessages } from './approval-messages.ts';
import type { Drawing } from './drawing.ts';
import { evidence } from './evidence.ts';
import { incidentCard } from './incident-card.ts';
import { isShown } from './is-shown.ts';
import { notices } from './notices.ts';
import { runMessage } from './run-message.ts';

/** A message as it should stand now. `slot` names it within its stream, for ever. */
export type Desired = {
  slot: string;
  to: { channel: string } | { person: string } | { thread: string };
  message: ChatMessage;
  pin: boolean;
  /** What must be on screen at once when it changes; the rest is progress and may wait. */
  pulse: string;
  /** Posted once and never edited. */
  once: boolean;
};

/** All that should stand in chat for a stream. `place` is where a run outside of an incident was started. */
export function desiredMessages(
  drawing: Drawing,
  lane: Lane,
  place: string | null,
): readonly Desired[] {
  const channel = drawing.stream.incident?.channel?.id ?? place;
  switch (lane) {
    case 'main':
      return [
        ...(channel === null ? [] : runMessages(drawing, channel)),
        ...approvals(drawing),
        ...(channel === null ? [] : card(drawing, channel)),
        ...outside(drawing),
      ];
    case 'notice':
      return channel === null ? [] : noticeMessages(drawing, channel);
    case 'thread':
      return channel === null ? [] : threadMessages(drawing);
    default:
      return lane satisfies never;
  }
}

const findings: readonly StepMark[] = ['ok', 'problem', 'noData'];

/** A press, a question and the first finding are shown at once; Slack's limits leave no room for more. */
function runMessages(drawing: Drawing, channel: string): Desired[] {
  return Object.values(drawing.stream.runs)
    .filter((run) => run.parent === null && isShown(drawing.stream, drawing.events, run))
    .map((run) => {
      const message = runMessage(drawing, run);
      const { question, status, steps } = message;
      const stamps = steps.map((line) => line.stamps.length);
      const found = steps.some((line) => findings.includes(line.mark));
      const asked = question && [
        question.kind,
        question.step,
        question.since,
        question.buttons.map((button) => button.label),
      ];
      return {
        slot: `run:${run.id}`,
        to: { channel },
        message,
        pin: false,
        pulse: JSON.stringify([status, asked, stamps, found]),
        once: false,
      };
    });
}

function approvals(drawing: Drawing): Desired[] {
  return approvalMessages(drawing).map(({ slot, person, message }) => ({
    slot,
    to: { person },
    message,
    pin: false,
    pulse: JSON.stringify(message),
    once: false,
  }));
}

function card(drawing: Drawing, channel: string): Desired[] {
  const { incident } = drawing.stream;
  if (incident === null) return [];
  const message = incidentCard(drawing, incident);
  const { severity, status, commander, next } = message;
  const pulse = JSON.stringify([severity, status, commander, next]);
  return [{ slot: 'card', to: { channel }, message, pin: true, pulse, once: false }];
}

function noticeMessages(drawing: Drawing, channel: string): Desired[] {
  return notices(drawing).map(({ slot, to, message }) => ({
    slot,
    to: { channel: to ?? channel },
    message,
    pin: false,
    pulse: '',
    once: true,
  }));
}

/** The announcement of an incident, and the suggestion of one, stand in other channels. */
function outside(drawing: Drawing): Desired[] {
  const { incident } = drawing.stream;
  if (incident === null) return [];
  const found: Desired[] = [];
  const suggests = drawing.events.some(
    ({ event }) => event.type === 'IncidentDeclared' && !event.declared,
  );
  const { announce } = drawing.settings.incident;
  const service = incident.service === null ? null : drawing.settings.services[incident.service];
  const channel = service?.channel ?? announce;
  if (suggests && channel !== null) {
    const message = suggestion(drawing, incident);
    const pulse = JSON.stringify(message.outcome);
    found.push({ slot: 'suggestion', to: { channel }, message, pin: false, pulse, once: false });
  }
  if (announce !== null && (incident.status === 'open' || incident.status === 'resolved')) {
    const message = announcement(incident);
    const pulse = JSON.stringify([message.status, message.severity]);
    found.push({
      slot: 'announcement',
      to: { channel: announce },
      message,
      pin: false,
      pulse,
      once: false,
    });
  }
  return found;
}

function threadMessages(drawing: Drawing): Desired[] {
  return evidence(drawing)
    .filter(({ run }) => {
      const root = drawing.stream.runs[rootOf(run)];
      return root !== undefined && isShown(drawing.stream, drawing.events, root);
    })
    .map(({ slot, run, message }) => ({
      slot,
      to: { thread: `run:${rootOf(run)}` },
      message,
      pin: false,
      pulse: '',
      once: true,
    }));
}

/** The called runs are named after their caller: `run-1.smoke.1`. */
function rootOf(run: string): string {
  return run.split('.')[0] ?? run;
}
