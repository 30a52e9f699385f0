import { objectOf, textOf } from '#domain/json.ts';
import type { RunEvent } from '#domain/run/events.ts';
import { optionsOf } from '#domain/run/options.ts';
import type { Run } from '#domain/run/state.ts';
import { findStep, isRead, isWrite } from '#domain/run/structure.ts';
import { kindOf } from '#domain/runbook/kind-of.ts';
import { revisionText } from '#domain/runbook/revision.ts';
import type { Step } from '#domain/runbook/runbook.ts';

import { planSentence } from './plan-text.ts';
import { withReason, writtenText, type Sentence } from './sentence.ts';

type Event<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>;

export const wordedVerdict = {
  pass: 'OK',
  fail: 'Problem found',
  inconclusive: 'No data',
} as const;

const wordedStatus = {
  succeeded: 'done',
  failed: 'failed',
  timedOut: 'nobody answered in time',
  skipped: 'skipped',
  cancelled: 'cancelled',
  unknown: 'outcome unknown',
} as const;

/** `run` is the run as it was before the event; undefined for its first, and for one out of place. */
export function runSentence(event: RunEvent, run: Run | undefined): Sentence | null {
  const step = 'step' in event && run ? findStep(run.document.runbook, event.step) : null;
  const title = 'step' in event ? (step?.title ?? event.step) : '';
  switch (event.type) {
    case 'RunStarted': {
      const { runbook, digest, commit, modified = false } = event.document;
      const mode = { live: '', dryRun: ' as a dry run', drill: ' as a drill' }[event.mode];
      const text = event.waits ? 'Ready to start' : 'Started';
      return {
        kind: 'run',
        text: `${text} the runbook ${runbook.title}${mode} (${revisionText(event.document)})`,
        evidence: { runbook: runbook.id, digest, commit, modified, inputs: event.inputs },
      };
    }
    case 'RunBegan':
      return { kind: 'run', text: `Started the runbook ${runTitle(run)}` };
    case 'StepEntered':
      return entered(event, step, title);
    case 'Measured':
      return firstHealthySample(event, run, title);
    case 'StepFinished':
      return finished(event, step, title);
    case 'PlanComputed':
      return event.preview ? null : planSentence(title, event.plan);
    case 'ApprovalRequested':
      return {
        kind: 'request',
        text: `${title}: asked for ${people(event.required)} of ${event.groups.join(' or ')} to approve`,
        evidence: { hash: event.hash, requester: event.requester, required: event.required },
      };
    case 'Approved':
      return {
        kind: 'approval',
        text: withReason(`Approved: ${title}`, writtenText(event.texts, 'reason')),
        evidence: { hash: event.hash },
      };
    case 'Rejected':
      return {
        kind: 'rejection',
        text: withReason(`Rejected: ${title}`, writtenText(event.texts, 'reason')),
      };
    case 'GlassBroken':
      return {
        kind: 'breakGlass',
        text: withReason(`Broke the glass for ${title}`, writtenText(event.texts, 'reason')),
        evidence: { hash: event.hash },
      };
    case 'PlanDropped':
      return { kind: 'plan', text: `${title}: plan dropped: ${event.reason}` };
    case 'WriteStarted': {
      const again = event.attempt > 1 ? ` (attempt ${event.attempt})` : '';
      return {
        kind: 'effect',
        text: `${title}: under way${again}`,
        evidence: { key: event.key, attempt: event.attempt },
      };
    }
    case 'WriteFailed':
      return { kind: 'effect', text: `${title}: ${event.message}; it will be tried again` };
    case 'WriteProgressed':
      return { kind: 'effect', text: `${title}: ${event.message}` };
    case 'Chosen': {
      const label = step ? optionsOf(step)[event.option]?.label : undefined;
      return {
        kind: 'choice',
        text: withReason(`Chose ${label ?? event.option}`, writtenText(event.texts, 'reason')),
        evidence: { step: event.step, option: event.option },
      };
    }
    case 'Answered':
      return { kind: 'answer', text: `Answered: ${title}` };
    case 'MarkedDone':
      return {
        kind: 'answer',
        text: withReason(`Done: ${title}`, writtenText(event.texts, 'reason')),
      };
    case 'Escalated':
      return {
        kind: 'escalation',
        text:
          event.rung === 0
            ? `${title} waits for people: told ${event.tell}`
            : `Nobody has answered ${title} yet: told ${event.tell}`,
      };
    case 'Told':
      return { kind: 'update', text: `Told ${event.to.join(', ')}: ${event.text}` };
    case 'RunEnded':
      return {
        kind: 'run',
        text: withReason(
          `The runbook ${runTitle(run)} ${event.status} (${wordedVerdict[event.verdict]})`,
          writtenText(event.texts, 'reason'),
        ),
      };
    case 'PositionSet':
    case 'Confirmed':
    case 'SeriesObserved':
      return null;
    default:
      return event satisfies never;
  }
}

function entered(event: Event<'StepEntered'>, step: Step | null, title: string): Sentence | null {
  const role = step === null ? null : kindOf(step.uses)?.role;
  if (event.escalation !== undefined) {
    const draft = objectOf(event.draft);
    const question = textOf(draft['question'], textOf(draft['instructions']));
    const confirms = role === 'tell';
    return {
      kind: 'question',
      text: confirms
        ? `Asked to confirm: ${title}`
        : `Asked: ${question === '' ? title : question}`,
    };
  }
  if (role === 'tell') return null;
  const again = event.purpose === 'rerun' ? 'checking again' : 'started';
  return { kind: 'step', text: `${title}: ${again}` };
}

/** The moment that a watch waited for; when it needs no hold, the end of the step says it. */
function firstHealthySample(
  event: Event<'Measured'>,
  run: Run | undefined,
  title: string,
): Sentence | null {
  if (event.next === null || event.passingSince === null || event.verdict !== 'pass') return null;
  const activity = run?.steps[event.step]?.activities.find(({ path }) => path === event.path);
  if (activity?.passingSince === event.passingSince) return null;
  return {
    kind: 'evidence',
    text: `${title}: healthy, watching that it stays so. ${event.summary}`,
    evidence: { verdict: event.verdict, measurement: event.measurement },
  };
}

function finished(event: Event<'StepFinished'>, step: Step | null, title: string): Sentence | null {
  const reason = writtenText(event.texts, 'reason');
  const { verdict, status, finding, result } = event;
  const skipped = status === 'skipped' || status === 'cancelled';
  if (step !== null && !skipped && (isRead(step) || step.uses === 'runbook')) {
    const worded = verdict === null ? wordedStatus[status] : wordedVerdict[verdict];
    return {
      kind: 'evidence',
      text: sentence(title, worded, finding),
      evidence: { step: step.id, status, verdict, ...(result !== null && { result }) },
    };
  }
  if (step !== null && isWrite(step)) {
    // The rejection is an entry of its own already.
    if (event.outcome === 'rejected') return null;
    return {
      kind: 'outcome',
      text: withReason(
        sentence(
          title,
          event.outcome === 'notNeeded' ? 'not needed' : wordedStatus[status],
          finding,
        ),
        reason,
      ),
      evidence: {
        step: step.id,
        status,
        ...(event.byHand && { byHand: true }),
        ...(result !== null && { result }),
      },
    };
  }
  // What a person answered and what was told are entries already.
  if (status === 'succeeded') return null;
  return { kind: 'step', text: withReason(sentence(title, wordedStatus[status], finding), reason) };
}

function sentence(title: string, worded: string, finding: string): string {
  const same = finding === '' || finding.toLowerCase() === worded.toLowerCase();
  return same ? `${title}: ${worded}` : `${title}: ${worded}. ${finding}`;
}

function runTitle(run: Run | undefined): string {
  return run?.document.runbook.title ?? '';
}

function people(count: number): string {
  return count === 1 ? 'one member' : `${count} members`;
}
