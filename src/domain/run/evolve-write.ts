import type { RunEvent } from './events.ts';
import { stamp } from './stamp.ts';
import type { Plan, StepVisit, WriteState } from './state.ts';

type WriteEvent = Extract<
  RunEvent,
  {
    type:
      | 'ApprovalRequested'
      | 'Approved'
      | 'Rejected'
      | 'GlassBroken'
      | 'PlanDropped'
      | 'WriteStarted'
      | 'WriteFailed'
      | 'WriteProgressed';
  }
>;
type EventOf<Type extends WriteEvent['type']> = Extract<WriteEvent, { type: Type }>;

/** Folds into a visit what became of its write. */
export function evolveWrite(visit: StepVisit, event: WriteEvent): StepVisit {
  switch (event.type) {
    case 'ApprovalRequested':
      return requested(visit, event);
    case 'Approved':
      return approved(stamp(visit, 'Approved', event), event);
    case 'Rejected':
      return { ...stamp(visit, 'Rejected', event), wait: null };
    case 'GlassBroken':
      return goAhead(stamp(visit, 'Glass broken', event), { brokenGlass: true });
    case 'PlanDropped': {
      const round = (visit.write?.round ?? 0) + 1;
      return { ...visit, wait: null, write: { phase: 'planning', round } };
    }
    case 'WriteStarted':
      return started(visit, event);
    case 'WriteFailed': {
      const again = goAhead(visit, { notBefore: event.nextAt });
      return { ...again, failures: [...visit.failures, event.message] };
    }
    case 'WriteProgressed':
      return visit.write?.phase === 'acting'
        ? { ...visit, write: { ...visit.write, progress: event.message } }
        : visit;
    default:
      return event satisfies never;
  }
}

function requested(visit: StepVisit, event: EventOf<'ApprovalRequested'>): StepVisit {
  const plan = planOf(visit.write);
  if (plan === null || visit.write === null) return visit;
  if (event.required === 0) return goAhead(visit);
  const { required, groups, breakGlass, oncall, requester } = event;
  const request = { required, groups, breakGlass, oncall, requester };
  return {
    ...visit,
    wait: { since: event.at, escalation: event.escalation, told: 0 },
    write: {
      phase: 'approving',
      round: visit.write.round,
      plan,
      request: { ...request, since: event.at, approvedBy: [] },
    },
  };
}

function approved(visit: StepVisit, event: EventOf<'Approved'>): StepVisit {
  if (visit.write?.phase !== 'approving') return visit;
  const { round, plan, request } = visit.write;
  const approvedBy = [...request.approvedBy, event.actor];
  return approvedBy.length >= request.required
    ? goAhead(visit)
    : { ...visit, write: { phase: 'approving', round, plan, request: { ...request, approvedBy } } };
}

/** Nobody is waited for any more: the write may begin. */
function goAhead(
  visit: StepVisit,
  {
    brokenGlass = false,
    notBefore = null,
  }: { brokenGlass?: boolean; notBefore?: string | null } = {},
): StepVisit {
  const plan = planOf(visit.write);
  if (plan === null || visit.write === null) return visit;
  const { round } = visit.write;
  return {
    ...visit,
    wait: null,
    write: { phase: 'approved', round, plan, brokenGlass, notBefore },
  };
}

function started(visit: StepVisit, event: EventOf<'WriteStarted'>): StepVisit {
  const plan = planOf(visit.write);
  if (plan === null || visit.write === null) return visit;
  const { attempt, key, sendBy, giveUpAt } = event;
  const { round } = visit.write;
  return {
    ...visit,
    wait: null,
    write: { phase: 'acting', round, plan, attempt, key, sendBy, giveUpAt, progress: null },
  };
}

function planOf(write: WriteState | null): Plan | null {
  return write === null || write.phase === 'planning' ? null : write.plan;
}
