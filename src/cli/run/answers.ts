import type { Act } from '#app/acts.ts';
import type { FormView, RunView } from '#app/use-cases.ts';
import type { Button, PlanView } from '#ports/chat-messages.ts';

/** One thing that a person may do with a run now. `word` is what is typed for it. */
export type Answer = {
  word: string;
  button: Button;
  act: Act;
  form: FormView | null;
  recommended: boolean;
  /** What would happen: for the options of a choice. */
  detail: string;
  plan: PlanView | null;
};

/**
 * What can be done with a run: the answers to its question, the recommended one first, then what
 * steers it. An option may have the name of what steers; it goes before that.
 */
export function answersOf({ message, controls }: RunView): {
  question: readonly Answer[];
  steering: readonly Answer[];
} {
  const options = message.question?.options ?? [];
  const known = new Set<string>();
  const answers = (buttons: readonly Button[]) =>
    buttons.flatMap((button): Answer[] => {
      const control = controls[button.control];
      if (control === undefined) return [];
      const word = wordOf(control.act);
      if (known.has(word)) return [];
      known.add(word);
      const option = options.find((one) => one.control === button.control);
      const { recommended = false, detail = '', plan = null } = option ?? {};
      return [{ word, button, ...control, recommended, detail, plan }];
    });
  return {
    question: answers(message.question?.buttons ?? []),
    steering: answers(message.steering),
  };
}

export function wordOf(act: Act): string {
  switch (act.type) {
    case 'Choose':
      return act.option;
    case 'Confirm':
      return act.confirmed ? 'resolve' : 'keep-open';
    case 'Begin':
      return 'start';
    case 'Answer':
      return 'answer';
    case 'MarkDone':
      return 'done';
    case 'Approve':
      return 'approve';
    case 'Reject':
      return 'reject';
    case 'BreakGlass':
      return 'break-glass';
    case 'ByHand':
      return 'by-hand';
    case 'Skip':
      return 'skip';
    case 'Retry':
      return 'try-again';
    case 'Rerun':
      return 'check-again';
    case 'GoTo':
      return 'go-to';
    case 'Stop':
      return 'stop';
    case 'StartRunbook':
    case 'ListRunbooks':
    case 'TakeCommand':
    case 'Resolve':
    case 'Reopen':
    case 'SendUpdate':
    case 'Snooze':
    case 'Join':
    case 'Follow':
    case 'ExportPostMortem':
    case 'TakeSuggestion':
    case 'DismissSuggestion':
      return act.type;
    default:
      return act satisfies never;
  }
}
