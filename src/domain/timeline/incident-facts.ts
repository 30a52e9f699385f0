import type { Actor } from '#domain/ids.ts';
import { isJsonObject, objectOf, textOf } from '#domain/json.ts';
import type { Verdict } from '#domain/run/events.ts';
import { findStep, isRead, isWrite } from '#domain/run/structure.ts';
import type { Step } from '#domain/runbook/runbook.ts';
import { emptyStream, evolve, type StreamEvent } from '#domain/stream/stream.ts';

import { planMove } from './plan-text.ts';
import type { RecordedEvent } from './recorded-event.ts';

/** What the record says about cause and cure: the material of a post-mortem. Nothing here is guessed. */
export type IncidentFacts = {
  /** The deployment that came just before the trouble. */
  suspect: { build: string; by: string; before: string } | null;
  /** What each check found when it first found a problem, in that order. */
  problems: readonly CheckFact[];
  /** Checks that never found a problem. */
  fine: readonly CheckFact[];
  acts: readonly Act[];
  /** The last passing check after the last act. */
  proof: CheckFact | null;
};

export type CheckFact = { title: string; finding: string; at: string };

/** A write that was sent or done by hand, or a step that a person did. */
export type Act = {
  title: string;
  move: string | null;
  outcome: 'done' | 'not needed' | 'failed' | 'outcome unknown';
  finding: string;
  from: string;
  to: string;
  requester: Actor | null;
  approvers: readonly Actor[];
  brokenGlass: Actor | null;
  by: Actor | null;
};

type Consent = Pick<Act, 'requester' | 'approvers' | 'brokenGlass' | 'move'>;
const noConsent: Consent = { requester: null, approvers: [], brokenGlass: null, move: null };

export function incidentFacts(events: readonly RecordedEvent[]): IncidentFacts {
  const checks = new Map<string, CheckFact & { verdict: Verdict }>();
  const consents = new Map<string, Consent>();
  const acts: Act[] = [];
  let suspect: IncidentFacts['suspect'] = null;
  let proof: CheckFact | null = null;
  let stream = emptyStream('');

  for (const { event } of events) {
    stream = evolve(stream, event);
    if (!('run' in event) || !('visit' in event)) continue;
    const run = stream.runs[event.run];
    const step = run ? findStep(run.document.runbook, event.step) : null;
    if (!run || step === null) continue;
    const place = `${event.run}/${event.step}/${event.visit}`;
    const consent = consented(consents.get(place) ?? noConsent, event);
    consents.set(place, consent);
    if (event.type === 'MarkedDone') acts.push(doneByPerson(event, step));
    if (event.type !== 'StepFinished') continue;

    const act = run.mode === 'dryRun' ? null : writeOf(event, step, consent);
    if (act !== null) {
      const enteredAt = run.steps[step.id]?.enteredAt ?? event.at;
      acts.push({ ...act, from: sentAt(events, event) ?? enteredAt });
      proof = null;
    }
    suspect = suspectIn(event) ?? suspect;
    if (!isRead(step) || event.verdict === null) continue;
    const fact = { title: step.title, finding: event.finding, at: event.at };
    if (event.verdict === 'pass' && acts.length > 0) proof = fact;
    const id = `${run.document.runbook.id}.${step.repeats ?? step.id}`;
    if (checks.get(id)?.verdict !== 'fail') checks.set(id, { ...fact, verdict: event.verdict });
  }

  const found = (verdict: Verdict) =>
    [...checks.values()]
      .filter((check) => check.verdict === verdict)
      .map(({ title, finding, at }) => ({ title, finding, at }));
  return { suspect, problems: found('fail'), fine: found('pass'), acts, proof };
}

/** A plan that is dropped takes the approvals with it that bound to it. */
function consented(consent: Consent, event: StreamEvent): Consent {
  if (event.type === 'PlanComputed') {
    const planned = !event.preview && event.plan.kind === 'plan' ? event.plan.plan : null;
    return planned === null ? consent : { ...consent, move: planMove(planned) };
  }
  if (event.type === 'ApprovalRequested') {
    return { ...consent, requester: event.requester, approvers: [], brokenGlass: null };
  }
  if (event.type === 'Approved') {
    return { ...consent, approvers: [...consent.approvers, event.actor] };
  }
  if (event.type === 'GlassBroken') return { ...consent, brokenGlass: event.actor };
  return event.type === 'PlanDropped' ? noConsent : consent;
}

type Finished = Extract<StreamEvent, { type: 'StepFinished' }>;

function writeOf(event: Finished, step: Step, consent: Consent): Act | null {
  const { status, outcome, finding, at, actor } = event;
  if (!isWrite(step) || outcome === 'rejected') return null;
  if (status !== 'succeeded' && status !== 'failed' && status !== 'unknown') return null;
  const worded = { succeeded: 'done', failed: 'failed', unknown: 'outcome unknown' } as const;
  return {
    title: step.title,
    ...consent,
    outcome: outcome === 'notNeeded' ? 'not needed' : worded[status],
    finding,
    from: at,
    to: at,
    by: event.byHand === true ? actor : null,
  };
}

function doneByPerson(event: StreamEvent, step: Step): Act {
  const { at, actor } = event;
  return {
    title: step.title,
    ...noConsent,
    outcome: 'done',
    finding: '',
    from: at,
    to: at,
    by: actor,
  };
}

function sentAt(events: readonly RecordedEvent[], { run, step, visit }: Finished): string | null {
  const sent = events.find(
    ({ event }) =>
      event.type === 'WriteStarted' &&
      event.run === run &&
      event.step === step &&
      event.visit === visit,
  );
  return sent?.event.at ?? null;
}

function suspectIn({ result }: Finished): IncidentFacts['suspect'] {
  const suspect = result?.['suspect'];
  if (!isJsonObject(suspect)) return null;
  const { build, actor, before } = objectOf(suspect);
  return { build: textOf(build, textOf(suspect['id'])), by: textOf(actor), before: textOf(before) };
}
