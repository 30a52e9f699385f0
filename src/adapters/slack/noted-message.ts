import type { SlackDirectory } from './directory.ts';
import type { Gateway } from './gateway.ts';
import { plainFromSlack } from './plain-from-slack.ts';
import { Files, messageTime, permalink } from './slack-messages.ts';

type Seen = {
  ts: string;
  text?: string | undefined;
  user?: string | undefined;
  files?: unknown;
  edited?: { ts: string } | undefined;
};

/** A message of Slack as it goes on a timeline: its own time, link, author and files. */
export async function notedMessage(
  { gateway, directory }: { gateway: Gateway; directory: SlackDirectory },
  channel: string,
  { ts, text = '', user, files, edited }: Seen,
) {
  const attached = Files.catch([]).parse(files);
  const plain = plainFromSlack(text);
  const without = attached.map(({ name }) => name).join(', ') || '(a message without text)';
  return {
    message: ts,
    permalink: await permalink(gateway, channel, ts),
    author: user === undefined ? null : { id: user, name: (await directory.person(user)).name },
    text: plain === '' ? without : plain,
    at: messageTime(ts),
    ...(edited && { edited: edited.ts }),
    files: attached.map(({ name, mimetype: type, permalink: url, url_private: source, mode }) => ({
      name,
      type,
      url,
      source: mode === 'hosted' ? (source ?? null) : null,
    })),
  };
}
