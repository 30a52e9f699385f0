import { exitCodes } from '#cli/exit-codes.ts';
import { oneLine } from '#cli/one-line.ts';
import { print, printPainted, tell, tellProblem } from '#cli/output.ts';
import { act } from '#cli/run/act.ts';
import { answersOf } from '#cli/run/answers.ts';
import { fillForm, formFromFlags } from '#cli/run/fill-form.ts';
import { answersFor, lookAt } from '#cli/run/follow-run.ts';
import { questionText } from '#cli/run/question-text.ts';
import { openSession, type SessionOptions } from '#cli/run/session.ts';
import { tellIfNobodyWorks } from '#cli/run/tell-if-nobody-works.ts';

export type ChooseOptions = SessionOptions & {
  reason?: string;
  note?: string;
  step?: string;
  input?: Readonly<Record<string, string>>;
};

/** Gives an answer to what a run asks, or steers it. Without an option: shows what there is. */
export async function choose(
  run: string,
  option: string | undefined,
  options: ChooseOptions,
): Promise<number> {
  await using session = await openSession(options);
  const view = await lookAt(session, run);
  const { steering } = answersOf(view);
  const answers = answersFor(session, view);
  const chosen = [...answers, ...steering].find(({ word }) => word === option);
  if (chosen === undefined) {
    if (option !== undefined) tellProblem(`There is no ${JSON.stringify(option)} to choose now.`);
    const question = questionText(view, answers, ({ word }) => word);
    const none = `${oneLine(view.message.title)} asks nothing now: ${view.message.status}.`;
    printPainted(question.length === 0 ? none : question.join('\n').trimStart());
    if (steering.length > 0) tell(`Also: ${steering.map(({ word }) => word).join(', ')}`);
    return option === undefined ? exitCodes.ok : exitCodes.no;
  }
  const { reason, note, step, input } = options;
  const given = {
    ...input,
    ...(reason !== undefined && { reason }),
    ...(note !== undefined && { note }),
    ...(step !== undefined && { step }),
  };
  const { form } = chosen;
  const values =
    form === null
      ? given
      : process.stdin.isTTY
        ? await fillForm(form, given)
        : formFromFlags(form, given);
  if (values === null) return exitCodes.left;
  const acted = await act(session, chosen, values);
  if (!acted.done) {
    for (const line of acted.why) tellProblem(line);
    return exitCodes.no;
  }
  print(`${oneLine(chosen.button.label)}: noted as yours, ${session.by.name}.`);
  await tellIfNobodyWorks(session, view);
  return exitCodes.ok;
}
