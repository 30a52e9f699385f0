import { bot } from '#domain/ids.ts';
import type { IncidentEffect } from '#domain/incident/effects.ts';
import { PortError } from '#ports/port-error.ts';

import type { App } from './app.ts';
import { execute } from './execute.ts';

type KeepPicture = Extract<IncidentEffect, { type: 'KeepPicture' }>;

/** Copies a picture of a note out of chat, so that it is there when its message is gone. */
export async function keepPicture(app: App, stream: string, effect: KeepPicture): Promise<void> {
  const { message, file, source } = effect;
  const copy = await copied(app, source);
  const at = app.clock.now().toISOString();
  await execute(app, stream, () => [
    { type: 'ReportPicture', at, actor: bot, message, file, copy },
  ]);
}

/** The key of the copy; null where chat has none for us, which is no reason to do without the note. */
async function copied(app: App, source: string): Promise<string | null> {
  try {
    const { type, bytes } = await app.chat.download(source);
    const data = Buffer.from(bytes).toString('base64');
    const copy = app.sha256(data);
    await app.store.setMark({ scope: 'picture', key: copy, value: { type, data } });
    return copy;
  } catch (error) {
    if (!(error instanceof PortError) || error.retry) throw error;
    app.log.warn({ error }, 'a picture could not be kept');
    return null;
  }
}
