import type { RunView } from '#app/use-cases.ts';
import { inertLines, oneLine } from '#cli/one-line.ts';
import type { PlanView, Question } from '#ports/chat-messages.ts';

import { type Answer, answersOf } from './answers.ts';
import type { Session } from './session.ts';
import { styled } from './style.ts';

/** A question with its answers and plans, in lines. Each answer begins with what is typed for it. */
export function questionText(
  { message, requester }: RunView,
  answers: readonly Answer[],
  key: (answer: Answer, at: number) => string,
): string[] {
  const { question } = message;
  if (question === null) return [];
  const [head = '', ...rest] = question.text === '' ? [] : inertLines(question.text);
  const title = oneLine(question.title);
  const why = question.why === null ? [] : inertLines(question.why);
  const width = Math.max(0, ...answers.map((answer, at) => key(answer, at).length));
  return [
    '',
    styled('bold', head === '' || question.kind === 'choose' ? head || title : `${title}: ${head}`),
    ...rest.map((line) => `  ${line}`),
    ...why.map((line) => `  ${styled('dim', line)}`),
    ...(question.plan === null ? [] : planText(question.plan, '  ')),
    ...(requester === null ? [] : [`  Who may approve: ${oneLine(question.who)}`]),
    ...answers.flatMap((answer, at) => answerText(answer, key(answer, at).padEnd(width))),
  ];
}

function answerText({ button, recommended, detail, plan }: Answer, key: string): string[] {
  const indent = ' '.repeat(key.length + 4);
  return [
    `  ${styled('cyan', key)}  ${oneLine(button.label)}${recommended ? styled('green', '  (recommended)') : ''}`,
    ...(detail === '' ? [] : [`${indent}${styled('dim', oneLine(detail))}`]),
    ...(plan === null ? [] : planText(plan, indent)),
  ];
}

/** What, where, from, to, age, settings that change, migrations: all that an approval binds to. */
export function planText(plan: PlanView, indent: string): string[] {
  const { what, where, from, to, details, warnings, expiresAt } = plan;
  const ends = from === '' && to === '' ? '' : `: from ${oneLine(from)} to ${oneLine(to)}`;
  return [
    `${indent}${oneLine(what)} in ${oneLine(where)}${ends}`,
    ...details.map((detail) => `${indent}· ${oneLine(detail)}`),
    ...warnings.map((warning) => `${indent}${styled('red', `! ${oneLine(warning)}`)}`),
    ...(expiresAt === null ? [] : [`${indent}· Good until ${expiresAt.slice(11, 19)} UTC`]),
  ];
}

/** How to answer from a shell. */
export function howToAnswer(
  { flags, flagsOfOthers }: Pick<Session, 'flags' | 'flagsOfOthers'>,
  view: RunView,
): string[] {
  const { run, question } = view.message;
  const { question: answers, steering } = answersOf(view);
  const choose = (some: readonly Answer[]) =>
    `handrail choose ${run} ${some.map(({ word }) => word).join('|')}${flags}`;
  if (question?.kind === 'approval') {
    return [
      `To approve, somebody else in Slack or at a terminal: handrail approve ${run}${flagsOfOthers}`,
      `To reject: handrail reject ${run}${flagsOfOthers}`,
    ];
  }
  return [
    ...(answers.length === 0 ? [] : [`To answer: ${choose(answers)}`]),
    ...(steering.length === 0 ? [] : [`To steer:  ${choose(steering)}`]),
  ];
}

/** Tells one question from another, also the same one with another plan. */
export function questionKey(question: Question | null): string {
  if (question === null) return '';
  const { kind, step, since, buttons } = question;
  return JSON.stringify([kind, step, since, buttons.map(({ control }) => control)]);
}
