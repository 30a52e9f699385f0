import { confirm } from '@clack/prompts';

import type { FormValues, RunView } from '#app/use-cases.ts';
import { CliError } from '#cli/cli-error.ts';
import { exitCodes } from '#cli/exit-codes.ts';
import { oneLine } from '#cli/one-line.ts';
import { print, tell, tellProblem } from '#cli/output.ts';

import { act } from './act.ts';
import { answersOf } from './answers.ts';
import { lookAt } from './follow-run.ts';
import { questionText } from './question-text.ts';
import { openSession, type SessionOptions } from './session.ts';
import { tellIfNobodyWorks } from './tell-if-nobody-works.ts';

/** Shows the plan that waits, and approves or rejects that very plan in the person's name. */
export async function answerPlan(
  word: 'approve' | 'reject',
  run: string,
  options: SessionOptions & { yes?: boolean; values: FormValues },
): Promise<number> {
  await using session = await openSession(options);
  const view = await lookAt(session, run);
  const { message, requester } = view;
  const chosen = answersOf(view).question.find((answer) => answer.word === word);
  if (chosen === undefined || requester === null) {
    tellProblem(['Nothing is waiting for approval here now.', ...lastAnswer(view)].join(' '));
    return exitCodes.no;
  }
  print(
    questionText(view, [], () => '')
      .join('\n')
      .trim(),
  );
  if (options.yes !== true) {
    if (!process.stdin.isTTY) {
      throw new CliError(`This was only shown. To ${word} it without being asked: --yes`);
    }
    const question = `${oneLine(chosen.button.label)}, as ${session.by.name}?`;
    if ((await confirm({ message: question, initialValue: false })) !== true) {
      tell('Nothing was done.');
      return exitCodes.left;
    }
  }
  const acted = await act(session, chosen, options.values);
  if (!acted.done) {
    for (const line of acted.why) tellProblem(line);
    return exitCodes.no;
  }
  const done = word === 'approve' ? 'Approved' : 'Rejected';
  print(`${done} by ${session.by.name}: ${oneLine(message.question?.title ?? message.title)}`);
  await tellIfNobodyWorks(session, view);
  return exitCodes.ok;
}

/** Who was first, where somebody was. */
function lastAnswer({ message }: RunView): string[] {
  const last = message.steps
    .flatMap(({ stamps }) => stamps)
    .filter(({ what }) => what === 'Approved' || what === 'Rejected')
    .toSorted((one, other) => one.at.localeCompare(other.at))
    .at(-1);
  if (last === undefined) return [];
  return [`${last.what} by ${oneLine(last.by.name)} at ${last.at.slice(11, 16)} UTC.`];
}
