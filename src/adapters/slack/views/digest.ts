import { mrkdwnLine } from '#adapters/slack/mrkdwn.ts';
import type { DigestMessage } from '#ports/chat-messages.ts';

import { context, section, type SlackMessage } from './blocks.ts';
import { attentionLines, fileLines } from './runbook-list.ts';

const MOST_RUNBOOKS = 9;

/** What the night has found about an owner's runbooks. */
export function digestMessage({ owner, list }: DigestMessage): SlackMessage {
  const { runbooks, files } = list;
  const count = runbooks.length + files.length;
  const head = `Runbooks of ${mrkdwnLine(owner, 60)}: ${count === 1 ? '1 needs' : `${count} need`} attention`;
  const more = runbooks.length - MOST_RUNBOOKS;
  return {
    text: head,
    blocks: [
      section(`🌙 *${head}*`),
      ...fileLines(files),
      ...runbooks
        .slice(0, MOST_RUNBOOKS)
        .map((line) =>
          section(
            [
              `*${mrkdwnLine(line.title, 120)}* (\`${mrkdwnLine(line.id, 64)}\`)`,
              ...attentionLines(line),
            ].join('\n'),
          ),
        ),
      ...(more > 0 ? [context(`and ${more} more in the list of runbooks`)] : []),
      context('From the nightly dry run. Nothing was changed, and nothing else was posted.'),
    ],
  };
}
