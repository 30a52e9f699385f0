import { codeBlock, mrkdwn, mrkdwnLine } from '#adapters/slack/mrkdwn.ts';
import type { EvidenceMessage } from '#ports/chat-messages.ts';

import { context, section, type SlackMessage } from './blocks.ts';
import { recordLine } from './record-line.ts';

const MOST_RAW = 2_900;
const UNCUT = 1_000_000;

/** What a step saw, for the thread of its run. Where it is cut, it says what prints all of it. */
export function evidenceMessage(evidence: EvidenceMessage): SlackMessage {
  const title = mrkdwnLine(evidence.title, 150);
  const summary = mrkdwn(evidence.summary, 1_000);
  const raw = codeBlock(evidence.raw, MOST_RAW);
  const isCut = raw !== codeBlock(evidence.raw, UNCUT);
  return {
    text: `${title}: ${mrkdwnLine(evidence.summary, 300)}`,
    blocks: [
      section(`*${title}*${summary === '' ? '' : `\n${summary}`}`),
      ...(evidence.raw === '' ? [] : [section(raw)]),
      ...(isCut ? [context(`Cut here. All of it: \`${mrkdwnLine(evidence.whole, 100)}\``)] : []),
      context(recordLine(evidence.record)),
    ],
  };
}
