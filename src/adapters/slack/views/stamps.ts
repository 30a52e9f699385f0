import { mrkdwnLine, personName } from '#adapters/slack/mrkdwn.ts';
import { timeOfDay } from '#adapters/slack/slack-time.ts';
import type { Stamp } from '#ports/chat-messages.ts';

/** "Approved by @ben 14:03", with the reason where one was given. */
export function stampLine(stamp: Stamp): string {
  const reason = stamp.reason === null ? '' : `: ${mrkdwnLine(stamp.reason, 120)}`;
  return `${mrkdwnLine(stamp.what, 60)} by ${personName(stamp.by)} ${timeOfDay(stamp.at)}${reason}`;
}
