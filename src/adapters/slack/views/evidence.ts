import { codeBlock, mrkdwn, mrkdwnLine } from '#adapters/slack/mrkdwn.ts';
import type { EvidenceMessage } from '#ports/chat-messages.ts';

import { context, section, type SlackMessage } from './blocks.ts';
import { recordLine } from './record-line.ts';

/** What a step saw, for the thread of its run. Long output is cut: the timeline has all of it. */
export function evidenceMessage(evidence: EvidenceMessage): SlackMessage {
  const title = mrkdwnLine(evidence.title, 150);
  const summary = mrkdwn(evidence.summary, 1_000);
  return {
    text: `${title}: ${mrkdwnLine(evidence.summary, 300)}`,
    blocks: [
      section(`*${title}*${summary === '' ? '' : `\n${summary}`}`),
      ...(evidence.raw === '' ? [] : [section(codeBlock(evidence.raw, 2_900))]),
      context(recordLine(evidence.record)),
    ],
  };
}
