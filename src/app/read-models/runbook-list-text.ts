import type { RunbookLine, RunbookList } from '#ports/chat-messages.ts';

/** The list as plain text, for where nothing better can be drawn. */
export function runbookListText({ runbooks, files }: RunbookList): string {
  const lines = runbooks.flatMap((line) => [
    `• ${line.id} (${line.revision}): ${line.title}. ${provedText(line)}`,
    ...line.attention.map((text) => `  ! ${text}`),
  ]);
  const none = runbooks.length === 0 ? ['There are no runbooks.'] : [];
  return [...lines, ...none, ...files.map(({ text }) => `! ${text}`)].join('\n');
}

function provedText({ proof }: RunbookLine): string {
  return proof === null ? 'Never proved.' : `Proved ${proof.at.slice(0, 10)}.`;
}
