import type { Lane } from '#app/execute.ts';
import { letsIn } from '#domain/incident/lets-in.ts';
import type { Incident } from '#domain/incident/state.ts';
import type { ChatMessage, StepMark } from '#ports/chat-messages.ts';

import { announcement, suggestion } from './announcement.ts';
import { approvalMessages } from './approval-messages.ts';
import type { Drawing } from './drawing.ts';
import { evidence } from './evidence.ts';
import { incidentCard } from './incident-card.ts';
import { isShown } from './is-shown.ts';
import { notices } from './notices.ts';
import { reminders } from './reminders.ts';
import { roleMessages } from './role-messages.ts';
import { runMessage } from './run-message.ts';
import { toldOutside } from './told-outside.ts';

export type Happened = { at: string; what: string };

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
  /** It is of use only to whom it was shown before: it says that something is over. */
  onlyIfShown?: boolean;
  /** When it happened and in which words, of what one catch-up may tell in place of several such messages. */
  happened?: Happened;
  /** The slots that it tells in their place. */
  tells?: readonly string[];
};

/** All that should stand in chat for a stream. `place` is where a run outside of an incident was started. */
export function desiredMessages(
  drawing: Drawing,
  lane: Lane,
  place: string | null,
): readonly Desired[] {
  const { incident } = drawing.stream;
  const channel = incident?.channel?.id ?? place;
  switch (lane) {
    case 'main':
      return [
        ...(channel === null ? [] : runMessages(drawing, channel)),
        ...approvals(drawing),
        ...(channel === null || incident === null ? [] : ofIncident(drawing, incident, channel)),
        ...(incident === null ? [] : outside(drawing, incident)),
      ];
    case 'notice':
      return [
        ...(channel === null ? [] : noticeMessages(drawing, channel)),
        ...(incident === null ? [] : told(drawing, incident)),
      ];
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
        question.buttons.map(({ label, style }) => [label, style]),
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

/** Of a private incident nobody hears who was not let in. */
function approvals(drawing: Drawing): Desired[] {
  const { incident } = drawing.stream;
  const { identities } = drawing.settings;
  const mayKnow = (id: string) =>
    incident === null || letsIn(incident, { kind: 'person', id, name: '' }, identities);
  const asked = approvalMessages(drawing).filter(({ person }) => mayKnow(person));
  return asked.map(({ slot, person, message }) => ({
    slot,
    to: { person },
    message,
    pin: false,
    pulse: JSON.stringify(message),
    once: false,
    onlyIfShown: message.outcome !== null,
  }));
}

/** What stands in the incident's channel for the incident itself. */
function ofIncident(drawing: Drawing, incident: Incident, channel: string): Desired[] {
  const card = incidentCard(drawing, incident);
  const { severity, status, mitigatedAt, commander, next } = card;
  const pulse = JSON.stringify([severity, status, mitigatedAt, commander, next]);
  return [
    { slot: 'card', to: { channel }, message: card, pin: true, pulse, once: false },
    ...reminders(drawing, incident).map((message, index) => ({
      slot: `reminder:${index}`,
      to: { channel },
      message,
      pin: false,
      pulse: JSON.stringify(message.outcome),
      once: false,
    })),
  ];
}

function noticeMessages(drawing: Drawing, channel: string): Desired[] {
  return notices(drawing).map(({ slot, at, to, message }) => ({
    ...postedOnce(slot, { channel: to ?? channel }, message),
    ...(to === null && { happened: { at, what: message.text } }),
  }));
}

/** To people by themselves, and under the announcement. */
function told(drawing: Drawing, incident: Incident): Desired[] {
  const announced = isAnnounced(drawing, incident);
  return [
    ...roleMessages(drawing, incident).map(({ slot, person, message, happened }) => ({
      ...postedOnce(slot, { person }, message),
      happened,
    })),
    ...toldOutside(drawing, incident, announced).map(({ slot, to, message, happened }) => ({
      ...postedOnce(slot, to, message),
      happened,
    })),
  ];
}

function postedOnce(slot: string, to: Desired['to'], message: ChatMessage): Desired {
  return { slot, to, message, pin: false, pulse: '', once: true };
}

/** The announcement of an incident, and the suggestion of one, stand in other channels. */
function outside(drawing: Drawing, incident: Incident): Desired[] {
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
  if (announce !== null && isAnnounced(drawing, incident)) {
    const message = announcement(drawing, incident);
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

function isAnnounced({ settings }: Drawing, { status, private: isPrivate }: Incident): boolean {
  const declared = status === 'open' || status === 'resolved' || status === 'merged';
  return settings.incident.announce !== null && declared && !isPrivate;
}

function threadMessages(drawing: Drawing): Desired[] {
  return evidence(drawing)
    .filter(({ run }) => {
      const root = drawing.stream.runs[rootOf(run)];
      return root !== undefined && isShown(drawing.stream, drawing.events, root);
    })
    .map(({ slot, at, run, message }) => ({
      ...postedOnce(slot, { thread: `run:${rootOf(run)}` }, message),
      happened: { at, what: `${message.title}: ${message.summary}` },
    }));
}

/** The called runs are named after their caller: `run-1.smoke.1`. */
function rootOf(run: string): string {
  return run.split('.')[0] ?? run;
}
