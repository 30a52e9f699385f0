import { channelLink, mrkdwnLine, personName } from '#adapters/slack/mrkdwn.ts';
import type { ApprovalMessage } from '#ports/chat-messages.ts';

import { context, controls, section, type SlackMessage } from './blocks.ts';
import { planText } from './plan.ts';
import { recordLine } from './record-line.ts';
import { stampLine } from './stamps.ts';

/** A direct message that asks for an approval, and once that is over says only how it ended. */
export function approvalMessage(approval: ApprovalMessage): SlackMessage {
  const { outcome } = approval;
  const title = mrkdwnLine(approval.title, 150);
  const saysPlan = approval.title === approval.plan.what;
  const head = outcome === null ? [`Approval needed: ${title}`] : saysPlan ? [] : [title];
  const origin = [
    `Asked by ${personName(approval.requester)}`,
    approval.channel === null ? '' : `in ${channelLink(approval.channel)}`,
    approval.incident === null ? '' : `for ${mrkdwnLine(approval.incident, 60)}`,
    `· ${recordLine(approval.record)}`,
  ];

  return {
    text: outcome === null ? `Approval needed: ${title}` : `Over: ${title}`,
    blocks: [
      ...head.map((line) => section(`*${line}*`)),
      section(planText(approval.plan)),
      ...(approval.why === null ? [] : [section(`_${mrkdwnLine(approval.why, 500)}_`)]),
      context(origin.filter((part) => part !== '').join(' ')),
      ...(outcome === null
        ? controls(approval.buttons, 0, 10)
        : [section(`*${'what' in outcome ? stampLine(outcome) : mrkdwnLine(outcome.text, 300)}*`)]),
    ],
  };
}
