import { mention, mrkdwnLine, personName } from '#adapters/slack/mrkdwn.ts';
import { span, timeOfDay } from '#adapters/slack/slack-time.ts';
import type { CatchUpMessage } from '#ports/chat-messages.ts';

import { context, section, type SlackMessage } from './blocks.ts';
import { recordLine } from './record-line.ts';

const MOST_LINES = 20;
const LINES_IN_BLOCK = 7;

/** What happened while nothing could be posted, in order, and who is waited for now. */
export function catchUpMessage(message: CatchUpMessage): SlackMessage {
  const { lines, waiting, now, timeline, record } = message;
  const called = message.mention.slice(0, 20).flatMap((id) => mention(id) ?? []);
  const since = lines[0]?.at ?? now;
  const title = `What happened in the last ${span(since, now)}, while nothing could be posted here`;
  const earlier = lines.length - MOST_LINES;
  const shown = lines.slice(-MOST_LINES).map(lineText);
  const command = `\`${mrkdwnLine(timeline, 100)}\``;
  return {
    text: [...called, title].join(' '),
    blocks: [
      section([`📬 *${title}*`, ...called].join(' ')),
      ...(earlier > 0 ? [context(`${earlier} earlier ones are in ${command}`)] : []),
      ...chunks(shown, LINES_IN_BLOCK).map((some) => section(some.join('\n'))),
      ...(waiting.length === 0 ? [] : [section(waitingText(waiting, now))]),
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

function waitingText(waiting: readonly string[], now: string): string {
  const items = waiting.slice(0, 5).map((item) => `• ${mrkdwnLine(item, 200)}`);
  return [`*Waited for now (${timeOfDay(now)}):*`, ...items].join('\n');
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}
