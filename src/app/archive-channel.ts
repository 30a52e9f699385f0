import { bot } from '#domain/ids.ts';
import type { Stream } from '#domain/stream/stream.ts';
import { PortError } from '#ports/port-error.ts';

import type { App } from './app.ts';
import { execute } from './execute.ts';

/** Archives the channel of an incident that has been over for long. One that can't be is said, and left. */
export async function archiveChannel(app: App, stream: Stream): Promise<void> {
  const channel = stream.incident?.channel;
  if (!channel) return;
  const at = app.clock.now().toISOString();
  try {
    await app.chat.archive(channel.id);
  } catch (error) {
    if (!(error instanceof PortError) || error.retry) throw error;
    const message = `The channel could not be archived: ${error.message}`;
    await execute(app, stream.id, () => [
      { type: 'NoteProblem', at, actor: bot, key: 'archive', message },
    ]);
    return;
  }
  await execute(app, stream.id, () => [{ type: 'ReportArchived', at, actor: bot }]);
}
