import { isCancel, text } from '@clack/prompts';

import { usageError } from '#cli/usage-error.ts';

import type { Answers, Question } from './answers.ts';

export type Given = Partial<Record<keyof Answers, string>>;

/**
 * The answers to all questions: from the flags, else from the person at the terminal, else guessed.
 * Null if the person left.
 */
export async function answersTo(
  questions: readonly Question[],
  given: Given,
  mayAsk: boolean,
): Promise<Given | null> {
  const answers: Given = {};
  for (const question of questions) {
    const answer = given[question.key] ?? (await answerTo(question, answers, mayAsk));
    if (answer === null) return null;
    const problem = question.problem(answer);
    if (problem !== undefined) throw usageError(`--${question.flag} ${answer}: ${problem}`);
    answers[question.key] = answer;
  }
  return answers;
}

async function answerTo(
  { asks, flag, guess, problem }: Question,
  answers: Given,
  mayAsk: boolean,
): Promise<string | null> {
  const guessed = guess(answers);
  if (!mayAsk) {
    if (guessed === null) throw usageError(`--${flag} is needed where nothing can be asked.`);
    return guessed;
  }
  const answer = await text({
    message: asks,
    ...(guessed !== null && { placeholder: guessed, defaultValue: guessed }),
    validate: (typed = '') => (typed === '' && guessed !== null ? undefined : problem(typed)),
    output: process.stderr,
  });
  return isCancel(answer) ? null : answer.trim();
}
