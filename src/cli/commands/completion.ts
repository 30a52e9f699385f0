import { script } from '@bomb.sh/tab';
import type { Command } from 'commander';

import { createRunbookFinder } from '#adapters/files/find-runbook.ts';
import { complete } from '#cli/completion/complete.ts';
import { exitCodes } from '#cli/exit-codes.ts';
import { print } from '#cli/output.ts';

/**
 * The script for bash calls a function of the package bash-completion, which not every machine has.
 * This one stands in for it: it takes the words as bash has cut them.
 */
const withoutBashCompletion = `if ! declare -F _get_comp_words_by_ref >/dev/null; then
  _get_comp_words_by_ref() {
    words=("\${COMP_WORDS[@]}")
    cword=$COMP_CWORD
    cur=\${COMP_WORDS[COMP_CWORD]}
    prev=\${COMP_WORDS[COMP_CWORD - 1]}
  }
fi
`;

/** Files where the script has nothing to say; it leaves that to whoever registers it. */
const filesInBash = 'complete -o bashdefault -o default -F __handrail_complete handrail';

/** The script that a shell reads once; it asks `handrail complete` at every tab. */
export function completion(shell: string): number {
  if (shell === 'bash') print(withoutBashCompletion);
  script(shell, 'handrail', 'handrail');
  if (shell === 'bash') print(filesInBash);
  return exitCodes.ok;
}

/** A shell at a prompt wants an answer or nothing: folders that can't be read have no ids. */
export async function answerShell(program: Command, words: readonly string[]): Promise<number> {
  const folder = process.env['HANDRAIL_RUNBOOKS'] ?? 'runbooks';
  const ids = await createRunbookFinder(folder)
    .ids()
    .catch(() => []);
  complete(program, words, ids);
  return exitCodes.ok;
}
