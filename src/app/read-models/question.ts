import { textOf, textsOf } from '#domain/json.ts';
import { lacksReason } from '#domain/run/migration-reason.ts';
import { optionsOf } from '#domain/run/options.ts';
import { recommendedOptions, restsOnOldEvidence } from '#domain/run/recommend.ts';
import type { Run, StepVisit } from '#domain/run/state.ts';
import { findStep, isWrite, stepOf } from '#domain/run/structure.ts';
import type { Button, Question } from '#ports/chat-messages.ts';

import { label, type Drawing } from './drawing.ts';
import { planLabel, planSentence, planView, planWords } from './plan-view.ts';

/** What people are asked now, or null while nobody is. A called run asks in the name of its caller's run. */
export function questionOf(drawing: Drawing, run: Run): Question | null {
  if (run.end !== null) return null;
  const { position } = run;
  if (position.kind === 'start') return startQuestion(drawing, run);
  if (position.kind === 'ask') return askQuestion(drawing, run, position);
  for (const id of position.steps) {
    const visit = run.steps[id];
    if (!visit || visit.finished !== null) continue;
    if (visit.write?.phase === 'approving') return approvalQuestion(drawing, run, visit);
    if (visit.wait !== null) return peopleQuestion(drawing, run, visit);
  }
  return null;
}

type Base = Pick<Question, 'kind' | 'step' | 'title' | 'since'> & Partial<Question>;

function question(base: Base): Question {
  const rest = { why: null, text: '', options: [], plan: null, tooOld: false, buttons: [] };
  return { who: 'Any responder', ...rest, ...base };
}

function startQuestion(drawing: Drawing, run: Run): Question {
  const { runbook } = run.document;
  const act = { type: 'Begin', run: run.id } as const;
  return question({
    kind: 'start',
    step: '',
    title: runbook.title,
    text: 'Ready to start.',
    since: run.startedAt,
    buttons: [drawing.button({ act, label: 'Start', style: 'primary' })],
  });
}

function askQuestion(
  drawing: Drawing,
  run: Run,
  position: Extract<Run['position'], { kind: 'ask' }>,
): Question {
  const step = findStep(run.document.runbook, position.step);
  const at = { run: run.id, step: position.step };
  const visit = run.steps[position.step]?.visit ?? 0;
  const byHand =
    step !== null && isWrite(step)
      ? [drawing.button({ act: { ...at, visit, type: 'ByHand' }, label: 'Done by hand' })]
      : [];
  return question({
    kind: 'ask',
    step: position.step,
    title: step?.title ?? 'What next?',
    text: position.reason,
    since: position.since,
    ...(step?.fallback != null && { why: `By hand: ${step.fallback}` }),
    buttons: [
      drawing.button({ act: { ...at, type: 'Retry' }, label: 'Try again', style: 'primary' }),
      ...byHand,
      drawing.button({ act: { ...at, visit, type: 'Skip' }, label: 'Skip' }),
      drawing.button({ act: { run: run.id, type: 'GoTo' }, label: 'Go to step' }),
      drawing.button({ act: { run: run.id, type: 'Stop' }, label: 'Stop' }),
    ],
  });
}

function peopleQuestion(drawing: Drawing, run: Run, visit: StepVisit): Question {
  const step = stepOf(run.document.runbook, visit.step);
  const at = { run: run.id, step: step.id, visit: visit.visit };
  const base = { step: step.id, title: step.title, why: step.why, since: visit.enteredAt };
  const draft = visit.draft ?? {};
  switch (step.uses) {
    case 'choose':
      return chooseQuestion(drawing, run, visit);
    case 'form':
      return question({
        ...base,
        kind: 'form',
        text: textOf(draft['question']),
        buttons: [
          drawing.button({ act: { ...at, type: 'Answer' }, label: 'Answer', style: 'primary' }),
        ],
      });
    case 'manual':
      return question({
        ...base,
        kind: 'manual',
        text: textOf(draft['instructions']),
        buttons: [
          drawing.button({
            act: { ...at, type: 'MarkDone' },
            label: label(textOf(draft['confirm'], 'Done')),
            style: 'primary',
          }),
        ],
      });
    default:
      return question({
        ...base,
        kind: 'confirm',
        text: [
          textOf(draft['cause']),
          ...textsOf(draft['followUps']).map((followUp) => `• ${followUp}`),
        ].join('\n'),
        buttons: [
          drawing.button({
            act: { ...at, type: 'Confirm', confirmed: true },
            label: 'Resolve',
            style: 'primary',
          }),
          drawing.button({ act: { ...at, type: 'Confirm', confirmed: false }, label: 'Keep open' }),
        ],
      });
  }
}

function chooseQuestion(drawing: Drawing, run: Run, visit: StepVisit): Question {
  const step = stepOf(run.document.runbook, visit.step);
  const recommended = recommendedOptions(run, drawing.stream.incident, step.id, drawing.now);
  const buttons: Button[] = [];
  const options = Object.entries(optionsOf(step)).map(([id, option]) => {
    const preview = run.previews[option.next];
    const planned = preview?.plan.kind === 'plan' ? preview.plan.plan : null;
    const plan = preview && planned ? planView(planned, preview.expiresAt) : null;
    const failed = preview && preview.plan.kind !== 'plan' ? preview.plan.message : '';
    const isRecommended = recommended.includes(id);
    const text = planned === null ? option.label : planLabel(option.label, planned);
    const needsReason = (plan?.warnings.length ?? 0) > 0;
    const button = drawing.button({
      act: {
        type: 'Choose',
        run: run.id,
        step: step.id,
        visit: visit.visit,
        option: id,
        needsReason,
      },
      label: label(text),
      style: isRecommended ? 'primary' : null,
      confirm:
        planned === null || plan === null || needsReason
          ? null
          : {
              title: `${plan.what}?`,
              text: `In ${planSentence(planned)} Somebody else has to approve it.`,
              confirm: 'Ask for approval',
              deny: 'Not now',
            },
    });
    buttons.push(button);
    const target = findStep(run.document.runbook, option.next);
    const detail = failed === '' ? (target?.why ?? target?.title ?? '') : failed;
    const { control } = button;
    return { control, label: option.label, detail, recommended: isRecommended, plan };
  });
  const order = buttons.toSorted((one, other) => rank(one) - rank(other));
  return question({
    kind: 'choose',
    step: step.id,
    title: step.title,
    why: step.why,
    text: textOf(visit.draft?.['question'], step.title),
    since: visit.enteredAt,
    options,
    tooOld: recommended.length === 0 && restsOnOldEvidence(run, step.id, drawing.now),
    buttons: order,
  });
}

/** The recommendation first. */
function rank(button: Button): number {
  return button.style === 'primary' ? 0 : 1;
}

function approvalQuestion(drawing: Drawing, run: Run, visit: StepVisit): Question | null {
  const step = stepOf(run.document.runbook, visit.step);
  if (visit.write?.phase !== 'approving') return null;
  const { plan, request } = visit.write;
  const missing = request.required - request.approvedBy.length;
  const people = missing === 1 ? 'one person' : `${missing} people`;
  return question({
    kind: 'approval',
    step: step.id,
    title: step.title,
    why: step.why,
    text:
      step.fallback === null
        ? `Asked for by ${request.requester.name}.`
        : `Asked for by ${request.requester.name}. By hand: ${step.fallback}`,
    since: request.since,
    plan: planView(plan.plan, plan.expiresAt),
    who: `${people} of ${request.groups.join(' or ') || 'nobody'}, other than ${request.requester.name}`,
    buttons: approvalButtons(drawing, run, visit, plan.hash),
  });
}

export function approvalButtons(
  drawing: Drawing,
  run: Run,
  visit: StepVisit,
  hash: string,
): Button[] {
  if (visit.write?.phase !== 'approving') return [];
  const { plan } = visit.write;
  const { what, approve } = planWords(plan.plan);
  const at = { run: run.id, step: visit.step, visit: visit.visit, hash };
  const confirm = {
    title: 'Approve?',
    text: `${what} in ${planSentence(plan.plan)}`,
    confirm: 'Approve',
    deny: 'Not now',
  };
  return [
    drawing.button({
      act: { ...at, type: 'Approve' },
      label: approve,
      style: 'primary',
      // Where a reason is asked for, giving it confirms enough.
      confirm: lacksReason(run, visit) ? null : confirm,
    }),
    drawing.button({
      act: { ...at, type: 'Reject' },
      label: 'Reject',
      style: 'danger',
      confirm: { ...confirm, title: 'Reject?', confirm: 'Reject' },
    }),
    drawing.button({ act: { ...at, type: 'BreakGlass' }, label: 'Break the glass' }),
  ];
}
