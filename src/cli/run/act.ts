import type { FormValues } from '#app/use-cases.ts';
import { CliError } from '#cli/cli-error.ts';
import { oneLine } from '#cli/one-line.ts';

import type { Answer } from './answers.ts';
import type { Session } from './session.ts';

/** Done, or the sentences that say why not. */
export type Acted = { done: true; text: string | null } | { done: false; why: readonly string[] };

/** Gives an answer in the person's name, as the press of its button would. */
export async function act(session: Session, answer: Answer, values: FormValues): Promise<Acted> {
  const reply = await session.useCases.press({
    control: answer.button.control,
    by: session.by,
    origin: { channel: null, message: null },
    values,
  });
  switch (reply.kind) {
    case 'done':
      return { done: true, text: reply.text };
    case 'refused':
      return {
        done: false,
        why: [
          oneLine(reply.message),
          ...(reply.code === 'run.not-in-group' ? session.doubts() : []),
        ],
      };
    case 'form':
      throw new CliError(`${oneLine(reply.form.title)}: this needs a form.`);
    default:
      return reply satisfies never;
  }
}
