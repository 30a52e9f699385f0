import { textsOf } from '#domain/json.ts';
import type { Run } from '#domain/run/state.ts';
import { findStep, isRead } from '#domain/run/structure.ts';
import { revisionText } from '#domain/runbook/revision.ts';
import type { Question, RecordRef, RunMessage, StepLine, StepMark } from '#ports/chat-messages.ts';

import { personOf, recordOf, type Drawing } from './drawing.ts';
import { questionOf } from './question.ts';
import { stepLines } from './step-lines.ts';

/** The one living message of a run; what a called runbook does and asks stands in it too. */
export function runMessage(drawing: Drawing, run: Run): RunMessage {
  const question = askedIn(drawing, run);
  const { runbook } = run.document;
  const steps = linesOf(drawing, run);
  return {
    kind: 'run',
    run: run.id,
    runbook: runbook.id,
    title: runbook.title,
    revision: revisionText(run.document),
    newerVersion: drawing.newer(run),
    mode: run.mode,
    status: run.end?.status ?? (question === null ? 'running' : 'waiting'),
    startedBy: personOf(run.startedBy),
    startedAt: run.startedAt,
    endedAt: run.end?.at ?? null,
    steps,
    evidence: evidenceOf(run, steps, question),
    picture: drawing.picture(run),
    question,
    steering: run.end === null && run.position.kind === 'at' ? steering(drawing, run) : [],
    record: lastTurn(drawing, familyOf(drawing, run)),
  };
}

/** What a run, or one that it has called, asks now. */
export function askedIn(drawing: Drawing, run: Run): Question | null {
  const asked = familyOf(drawing, run).map((one) => questionOf(drawing, one));
  return asked.find((found) => found !== null) ?? null;
}

/** The run that asks first comes first: a called one is deeper than its caller. */
function familyOf(drawing: Drawing, run: Run): Run[] {
  return Object.values(drawing.stream.runs)
    .filter((one) => one.id === run.id || one.id.startsWith(`${run.id}.`))
    .toSorted((one, other) => other.id.length - one.id.length);
}

/** What was decided, or written: the entries that matter most, and the message is edited for them anyway. */
function lastTurn({ events }: Drawing, family: readonly Run[]): RecordRef | null {
  const last = events.findLast(({ event }) => {
    const run = 'run' in event ? family.find(({ id }) => id === event.run) : undefined;
    if (run === undefined) return false;
    switch (event.type) {
      case 'Chosen':
      case 'Approved':
      case 'Rejected':
      case 'GlassBroken':
      case 'WriteStarted':
      case 'RunEnded':
        return true;
      case 'StepFinished':
        return run.steps[event.step]?.write !== null;
      default:
        return false;
    }
  });
  return last ? recordOf(last) : null;
}

function linesOf(drawing: Drawing, run: Run): StepLine[] {
  const { incident } = drawing.stream;
  return stepLines(run, { now: drawing.now, incident }).map((line) => {
    const visit = run.steps[line.id];
    const called = drawing.stream.runs[`${run.id}.${line.id}.${visit?.visit ?? 0}`];
    return called ? { ...line, children: linesOf(drawing, called) } : line;
  });
}

const findings: readonly StepMark[] = ['ok', 'problem', 'noData'];

/** A choice that names what to `show` is shown that; everything else, all that was found. */
function evidenceOf(run: Run, steps: readonly StepLine[], question: Question | null): StepLine[] {
  const found = steps.filter(({ mark }) => findings.includes(mark));
  const asking = question?.kind === 'choose' ? findStep(run.document.runbook, question.step) : null;
  const shown = textsOf(asking?.with['show']);
  return shown.length === 0 ? found : found.filter(({ id }) => shown.includes(id));
}

function steering(drawing: Drawing, run: Run) {
  const { position } = run;
  const [current] = position.kind === 'at' ? position.steps : [];
  const visit = current === undefined ? undefined : run.steps[current];
  const skip =
    visit && visit.finished === null
      ? [
          drawing.button({
            act: { type: 'Skip', run: run.id, step: visit.step, visit: visit.visit },
            label: 'Skip step',
          }),
        ]
      : [];
  const byHand =
    visit?.write && visit.write.phase !== 'acting' && visit.write.phase !== 'approved'
      ? [
          drawing.button({
            act: { type: 'ByHand', run: run.id, step: visit.step, visit: visit.visit },
            label: 'Done by hand',
          }),
        ]
      : [];
  const again = run.document.runbook.steps.some(isRead)
    ? [drawing.button({ act: { type: 'Rerun', run: run.id }, label: 'Check again' })]
    : [];
  return [
    ...again,
    ...byHand,
    ...skip,
    drawing.button({ act: { type: 'GoTo', run: run.id }, label: 'Go to step' }),
    drawing.button({ act: { type: 'Stop', run: run.id }, label: 'Stop' }),
  ];
}
