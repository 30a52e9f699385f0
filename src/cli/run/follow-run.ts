import { confirm, isCancel, select } from '@clack/prompts';

import type { RunView } from '#app/use-cases.ts';
import { CliError } from '#cli/cli-error.ts';
import { oneLine } from '#cli/one-line.ts';
import { PortError } from '#ports/port-error.ts';

import { act } from './act.ts';
import { type Answer, answersOf } from './answers.ts';
import { fillForm } from './fill-form.ts';
import { howToAnswer, questionKey, questionText } from './question-text.ts';
import type { Screen } from './screen.ts';
import type { Session } from './session.ts';
import { createNews, progressText } from './step-text.ts';
import { styled } from './style.ts';

const lookEveryMs = 300;
const lookAgainMs = 1_000;
/** A database that is gone for longer ends the command; the run stays as it is. */
const silenceMs = 120_000;
const keys = '123456789abcdefghijkl';
const back = 'back';

/**
 * Shows a run as it goes on, asks the person in front of it, and gives their answers. Ends with the
 * run, or with null when they leave: the run stays as it is.
 */
export async function followRun(
  session: Session,
  screen: Screen,
  run: string,
): Promise<RunView | null> {
  const news = createNews();
  let asked = '';
  for (;;) {
    const view = await lookAgain(session, screen, run);
    if (view === null) return null;
    screen.lines(news(view.message));
    if (view.message.endedAt !== null) return view;

    const answers = answersFor(session, view);
    const question = questionKey(view.message.question);
    if (question !== asked) screen.forgetKeys();
    if (question !== asked && question !== '') showQuestion(session, screen, view, answers);
    asked = question;
    screen.status(statusText(session, screen, view, answers));

    const key = await screen.key(lookEveryMs);
    if (key === 'leave') return null;
    if (key === null || !screen.interactive) continue;
    const pressed = key === 'm' ? await chooseMore(screen, view) : answers[keys.indexOf(key)];
    if (pressed !== undefined) await give(session, screen, pressed);
  }
}

/** As `lookAt`; a database that is silent is waited for. Null when the person leaves meanwhile. */
async function lookAgain(session: Session, screen: Screen, run: string): Promise<RunView | null> {
  const deadline = performance.now() + silenceMs;
  for (;;) {
    try {
      return await lookAt(session, run);
    } catch (error) {
      const passes = error instanceof PortError && error.retry && performance.now() < deadline;
      if (!passes) throw error;
      screen.status('The database does not answer; trying again …   Ctrl-C: leave');
      if ((await screen.key(lookAgainMs)) === 'leave') return null;
    }
  }
}

export async function lookAt({ useCases, by }: Session, run: string): Promise<RunView> {
  const view = await useCases.viewRun({ by, run });
  if (view.kind === 'refused') throw new CliError(oneLine(view.message));
  return view;
}

/** Who asked for a write can't approve it, but may take it back. */
export function answersFor({ by }: Session, view: RunView): readonly Answer[] {
  const { question } = answersOf(view);
  if (view.requester?.id !== by.id) return question;
  return question
    .filter(({ act: { type } }) => type !== 'Approve')
    .map((answer) =>
      answer.act.type === 'Reject'
        ? { ...answer, button: { ...answer.button, label: 'Withdraw' } }
        : answer,
    );
}

function showQuestion(
  session: Session,
  screen: Screen,
  view: RunView,
  answers: readonly Answer[],
): void {
  const key = (one: Answer, at: number) => (screen.interactive ? (keys[at] ?? '') : one.word);
  screen.lines(questionText(view, answers, key));
  const approval = view.message.question?.kind === 'approval';
  if (screen.interactive && !approval) return;
  screen.lines(howToAnswer(session, view).map((line) => `  ${line}`));
}

function statusText(
  { by }: Session,
  screen: Screen,
  view: RunView,
  answers: readonly Answer[],
): string {
  const { question } = view.message;
  if (!screen.interactive) {
    return question === null ? `${progressText(view.message)} …` : 'Waiting for an answer …';
  }
  const [first, last] = [keys[0], keys[answers.length - 1]];
  const wait = view.requester?.id === by.id ? 'Waiting for approval …   ' : '';
  const press = `${wait}Press ${first}${answers.length > 1 ? `–${last}` : ''}`;
  const now = question === null ? `${progressText(view.message)} …` : press;
  return `${now}   m: more   Ctrl-C: leave`;
}

async function chooseMore(screen: Screen, view: RunView): Promise<Answer | undefined> {
  const { question, steering } = answersOf(view);
  const all = view.message.question?.kind === 'ask' ? question : steering;
  const word = await screen.lend(() =>
    select({
      message: 'What else?',
      options: [
        ...all.map(({ word: value, button }) => ({ value, label: oneLine(button.label) })),
        { value: back, label: 'Go on as it is' },
      ],
    }),
  );
  return all.find((one) => one.word === word);
}

async function give(session: Session, screen: Screen, chosen: Answer): Promise<void> {
  const acted = await screen.lend(async () => {
    const { confirm: asks } = chosen.button;
    if (asks !== null) {
      const sure = await confirm({
        message: `${oneLine(asks.title)} ${oneLine(asks.text)}`,
        active: asks.confirm,
        inactive: asks.deny,
      });
      if (isCancel(sure) || !sure) return null;
    }
    const values = chosen.form === null ? {} : await fillForm(chosen.form, {});
    return values === null ? null : act(session, chosen, values);
  });
  if (acted === null || acted.done) return;
  screen.lines(acted.why.map((line) => styled('red', line)));
}
