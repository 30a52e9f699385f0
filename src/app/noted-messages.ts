import type { PersonActor } from '#domain/ids.ts';
import { textOf } from '#domain/json.ts';

import type { App } from './app.ts';
import { asPerson } from './declare.ts';
import type { PersonCommand } from './execute.ts';
import type { NotedMessage, Origin } from './use-cases.ts';

/** The note that is made of a message, with the message's own time, link, author and files. */
export function noteOf(
  { text, at: happenedAt, permalink, message, author, files, edited }: NotedMessage,
  by: { at: string; actor: PersonActor },
): PersonCommand & { type: 'AddNote' } {
  return {
    ...by,
    type: 'AddNote',
    text,
    happenedAt,
    source: {
      permalink,
      message,
      edited,
      // Where chat does not say who wrote it, whoever notes it stands for them.
      author: author === null ? by.actor : asPerson(author),
      files,
    },
  };
}

/** On which incident's timeline a message is, in whatever channel it stands. */
export async function rememberNote(
  app: App,
  { channel }: Origin,
  { message }: Pick<NotedMessage, 'message'>,
  incident: string,
): Promise<void> {
  if (channel === null) return;
  await app.store.setMark({ scope: 'noted', key: `${channel}|${message}`, value: incident });
}

export async function incidentOfMessage(
  app: App,
  channel: string,
  message: string,
): Promise<string> {
  const noted = textOf(await app.store.mark('noted', `${channel}|${message}`));
  return noted || textOf(await app.store.mark('channel', channel));
}
