import { channelLink, mention, mrkdwn, personName } from '#adapters/slack/mrkdwn.ts';
import type { NoticeMessage } from '#ports/chat-messages.ts';

import { context, section, type SlackMessage } from './blocks.ts';
import { recordLine } from './record-line.ts';

/** A sentence to the channel. Nobody is mentioned for their own act, whoever asks for it. */
export function noticeMessage(notice: NoticeMessage): SlackMessage {
  const { by, channel, record } = notice;
  const called = [...new Set(notice.mention)]
    .filter((id) => id !== by?.id)
    .slice(0, 20)
    .flatMap((id) => mention(id) ?? []);
  const said = mrkdwn(notice.text, 2_000).trim() || '…';
  const text = [...called, said].join(' ');

  const smallPrint = [
    ...(by === null ? [] : [`by ${personName(by)}`]),
    ...(channel === undefined ? [] : [channelLink(channel)]),
    ...(record === null ? [] : [recordLine(record)]),
  ];

  return {
    text,
    blocks: [section(text), ...(smallPrint.length === 0 ? [] : [context(smallPrint.join(' · '))])],
  };
}
