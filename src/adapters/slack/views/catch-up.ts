import { channelLink, mention, mrkdwnLine, personName } from '#adapters/slack/mrkdwn.ts';
import { span, timeOfDay } from '#adapters/slack/slack-time.ts';
import type { CatchUpMessage } from '#ports/chat-messages.ts';

import { chunks, context, section, type SlackMessage } from './blocks.ts';
import { standing } from './incident-card.ts';
import { recordLine } from './record-line.ts';

const MOST_LINES = 20;
const LINES_IN_BLOCK = 7;

/** What happened while nothing could be posted, in order, and who is waited for now. */
export function catchUpMessage(message: CatchUpMessage): SlackMessage {
  const { about, lines, waiting, now, timeline, record } = message;
  const called = message.mention.slice(0, 20).flatMap((id) => mention(id) ?? []);
  const since = lines[0]?.at ?? now;
  const what = `What happened in the last ${span(since, now)}, while nothing could be posted here`;
  const title = about === null ? what : `${headOf(about)}: ${what}`;
  const earlier = lines.length - MOST_LINES;
  const shown = lines.slice(-MOST_LINES).map(lineText);
  const where = about?.channel == null ? '' : ` in ${channelLink(about.channel)}`;
  const command = `\`${mrkdwnLine(timeline, 100)}\`${where}`;
  return {
    text: [...called, title].join(' '),
    blocks: [
      section(
        about === null ? [`📬 *${what}*`, ...called].join(' ') : `📬 *${headOf(about)}*\n${what}`,
      ),
      ...(earlier > 0 ? [context(`${earlier} earlier ones are in ${command}`)] : []),
      ...chunks(shown, LINES_IN_BLOCK).map((some) => section(some.join('\n'))),
      ...(waiting.length === 0 ? [] : [section(waitingText(waiting, now))]),
      ...(about === null ? [] : [section(standingText(about, now))]),
      context(
        [
          `Everything is on the timeline: ${command}`,
          ...(record === null ? [] : [recordLine(record)]),
        ].join('\n'),
      ),
    ],
  };
}

function lineText({ at, text, by }: CatchUpMessage['lines'][number]): string {
  const who = by === null ? '' : ` (${personName(by)})`;
  return `${timeOfDay(at)}  ${mrkdwnLine(text, 250)}${who}`;
}

function headOf({ drill, severity, title }: NonNullable<CatchUpMessage['about']>): string {
  return `${drill ? '🎓 Drill · ' : ''}${mrkdwnLine(severity, 30)} · ${mrkdwnLine(title, 200)}`;
}

function standingText(about: NonNullable<CatchUpMessage['about']>, now: string): string {
  const { commander, nextUpdate } = about;
  return [
    `*Now (${timeOfDay(now)}):* ${standing(about)}`,
    `Commander: ${commander === null ? '_nobody yet_' : personName(commander)}`,
    ...(nextUpdate === null ? [] : [`next update ${timeOfDay(nextUpdate)}`]),
  ].join(' · ');
}

function waitingText(waiting: readonly string[], now: string): string {
  const items = waiting.slice(0, 5).map((item) => `• ${mrkdwnLine(item, 200)}`);
  return [`*Waited for now (${timeOfDay(now)}):*`, ...items].join('\n');
}
