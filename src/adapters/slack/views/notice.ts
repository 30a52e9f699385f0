import { mention, mrkdwn, personName } from '#adapters/slack/mrkdwn.ts';
import type { NoticeMessage } from '#ports/chat-messages.ts';

import { context, section, type SlackMessage } from './blocks.ts';

/** A sentence to the channel. Nobody is mentioned for their own act, whoever asks for it. */
export function noticeMessage(notice: NoticeMessage): SlackMessage {
  const { by } = notice;
  const called = [...new Set(notice.mention)]
    .filter((id) => id !== by?.id)
    .slice(0, 20)
    .flatMap((id) => mention(id) ?? []);
  const said = notice.text.trim() === '' ? '…' : mrkdwn(notice.text, 2_000);
  const text = [...called, said].join(' ');

  return {
    text,
    blocks: [section(text), ...(by === null ? [] : [context(`by ${personName(by)}`)])],
  };
}
