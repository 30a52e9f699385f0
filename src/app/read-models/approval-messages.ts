import type { RunEvent } from '#domain/run/events.ts';
import { stepOf } from '#domain/run/structure.ts';
import type { ApprovalMessage, RecordRef, Stamp } from '#ports/chat-messages.ts';

import { personOf, recordOf, type Drawing } from './drawing.ts';
import { planView } from './plan-view.ts';
import { approvalButtons } from './question.ts';

type Request = Extract<RunEvent, { type: 'ApprovalRequested' }>;
type Planned = Extract<RunEvent, { type: 'PlanComputed' }>;

export type ApprovalRequestMessage = {
  slot: string;
  person: string;
  since: string;
  message: ApprovalMessage;
};

/**
 * For each request a direct message to each who may approve it; when it is over, its outcome. Nobody is
 * asked while an alert only suggests its incident: there is no channel where all see what is decided.
 */
export function approvalMessages(drawing: Drawing): ApprovalRequestMessage[] {
  const { incident } = drawing.stream;
  if (incident?.status === 'suggested' || incident?.status === 'dismissed') return [];
  const found: ApprovalRequestMessage[] = [];
  const plans = new Map<string, Planned>();
  for (const entry of drawing.events) {
    const { event, position } = entry;
    if (event.type === 'PlanComputed' && !event.preview) plans.set(visitKey(event), event);
    if (event.type !== 'ApprovalRequested' || event.required === 0) continue;
    const planned = plans.get(visitKey(event));
    if (planned?.plan.kind !== 'plan') continue;
    const message = draw(drawing, event, planned, recordOf(entry));
    if (message === null) continue;
    const members = event.groups.flatMap((group) => drawing.members(group));
    // Who was not asked while it was open needs not be told how it ended.
    const open = message.outcome === null ? members : [];
    const people = new Set([...drawing.asked(position), ...open]);
    people.delete(event.requester.id);
    for (const person of people) {
      found.push({ slot: `${slotOf(position)}${person}`, person, since: event.at, message });
    }
  }
  return found;
}

/** Of those messages of a request that stand in chat: whom they were sent to. */
export function askedAmong(slots: readonly string[], position: number): string[] {
  const slot = slotOf(position);
  return slots.flatMap((one) => (one.startsWith(slot) ? [one.slice(slot.length)] : []));
}

function slotOf(position: number): string {
  return `approval:${position}:`;
}

function draw(
  drawing: Drawing,
  request: Request,
  planned: Planned,
  asked: RecordRef,
): ApprovalMessage | null {
  const run = drawing.stream.runs[request.run];
  if (run === undefined || planned.plan.kind !== 'plan') return null;
  const step = stepOf(run.document.runbook, request.step);
  const visit = run.steps[request.step];
  const { outcome, record } = outcomeOf(drawing, request, asked);
  const { incident } = drawing.stream;
  return {
    kind: 'approval',
    title: step.title,
    incident: incident?.title ?? null,
    channel: incident?.channel?.id ?? null,
    requester: personOf(request.requester),
    why: step.why,
    plan: planView(planned.plan.plan, planned.expiresAt),
    buttons:
      outcome === null && visit?.visit === request.visit
        ? approvalButtons(drawing, run, visit, request.hash)
        : [],
    outcome,
    record,
  };
}

/** What became of the request, by the first event of its visit that ends it; null and its own entry: it is open. */
function outcomeOf(
  drawing: Drawing,
  request: Request,
  asked: RecordRef,
): Pick<ApprovalMessage, 'outcome' | 'record'> {
  let approvals = 0;
  for (const entry of drawing.events) {
    const { event } = entry;
    const record = recordOf(entry);
    if (
      entry.position <= asked.position ||
      !('visit' in event) ||
      visitKey(event) !== visitKey(request)
    ) {
      continue;
    }
    switch (event.type) {
      case 'Approved':
        approvals += 1;
        if (approvals >= request.required) return { outcome: stampOf('Approved', event), record };
        break;
      case 'Rejected':
        return { outcome: stampOf('Rejected', event), record };
      case 'GlassBroken':
        return { outcome: stampOf('The glass was broken', event), record };
      case 'PlanDropped':
        return { outcome: { text: event.reason }, record };
      case 'StepFinished':
        return {
          outcome: { text: event.finding === '' ? 'No longer needed' : event.finding },
          record,
        };
      default:
        break;
    }
  }
  return { outcome: null, record: asked };
}

function stampOf(
  what: string,
  event: Extract<RunEvent, { type: 'Approved' | 'Rejected' | 'GlassBroken' }>,
): Stamp {
  const reason = 'texts' in event ? (event.texts?.['reason'] ?? null) : null;
  return { what, by: personOf(event.actor), at: event.at, reason };
}

function visitKey(event: { run: string; step: string; visit: number }): string {
  return `${event.run}/${event.step}/${event.visit}`;
}
