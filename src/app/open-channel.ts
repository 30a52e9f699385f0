import { renderText } from '#domain/expressions/evaluate.ts';
import { bot } from '#domain/ids.ts';
import type { Stream } from '#domain/stream/stream.ts';
import { PortError } from '#ports/port-error.ts';

import type { App } from './app.ts';
import { channelScope } from './channel-scope.ts';
import { execute } from './execute.ts';

/** Opens the incident's channel. Without one the incident goes on; what failed is said on the record. */
export async function openChannel(app: App, stream: Stream): Promise<void> {
  const { incident } = stream;
  if (incident === null) return;
  const { channel: pattern } = app.runbooks.settings().incident;
  const name = renderText(pattern, channelScope(incident));

  try {
    const channel = await app.chat.createChannel({
      name: incident.drill ? `drill-${name}` : name,
      private: incident.private,
      key: stream.id,
    });
    const at = app.clock.now().toISOString();
    await execute(
      app,
      stream.id,
      () => [{ type: 'ReportChannel', at, actor: bot, channel: channel.id, name: channel.name }],
      [{ scope: 'channel', key: channel.id, value: stream.id }],
    );
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    const message = `The incident's channel could not be opened: ${error.message}`;
    const at = app.clock.now().toISOString();
    await execute(app, stream.id, () => [
      { type: 'NoteProblem', at, actor: bot, key: 'channel', message },
    ]);
    throw error;
  }
}
