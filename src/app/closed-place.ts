import { bot } from '#domain/ids.ts';
import type { Stream } from '#domain/stream/stream.ts';
import type { PortError } from '#ports/port-error.ts';

import type { App } from './app.ts';
import { execute } from './execute.ts';
import { nothing, type Posted } from './posted.ts';
import type { Desired } from './read-models/desired.ts';
import { keep, type Showing } from './showing.ts';

/** A place that is closed to us: said once on the record, and the incident goes on without it for a while. */
export async function giveUp(
  showing: Showing,
  { slot, pulse, to, message }: Desired,
  { id, incident }: Stream,
  error: PortError,
): Promise<void> {
  const { app, posted } = showing;
  const at = app.clock.now().toISOString();
  const { channel, ts, tells } = posted.messages[slot] ?? nothing;
  await keep(showing, slot, { ...nothing, channel, ts, tells, pulse, at, gone: true });
  if (incident === null || error.code === 'message_not_found') return;
  const note = (key: string, text: string) =>
    execute(app, id, () => [{ type: 'NoteProblem', at, actor: bot, key, message: text }]);
  if ('channel' in to) {
    const name = to.channel === incident.channel?.id ? `#${incident.channel.name}` : to.channel;
    await note(keyOf(to), `Nothing can be posted in ${name}: ${whyClosed(error)}`);
  }
  if ('person' in to && message.kind === 'approval' && message.outcome === null) {
    const { name } = await app.directory.person(to.person);
    await note(keyOf(to), `@${name} could not be asked to approve: ${whyUnheard(error)}`);
  }
}

export function isClosed({ posted }: Showing, slot: string): boolean {
  return posted.messages[slot]?.gone === true;
}

/** What was closed to us is tried now. */
export function openAll({ messages }: Posted): void {
  for (const message of Object.values(messages)) message.gone = false;
}

export async function noteOpen(app: App, stream: string, { to }: Pick<Desired, 'to'>) {
  const at = app.clock.now().toISOString();
  await execute(app, stream, ({ incident }) =>
    incident === null ? [] : [{ type: 'SolveProblem', at, actor: bot, key: keyOf(to) }],
  );
}

function keyOf(to: Desired['to']): string {
  if ('channel' in to) return `place:${to.channel}`;
  return 'person' in to ? `person:${to.person}` : `thread:${to.thread}`;
}

function whyClosed({ code, message }: PortError): string {
  switch (code) {
    case 'is_archived':
      return 'the channel is archived';
    case 'not_in_channel':
    case 'channel_not_found':
    case 'method_not_supported_for_channel_type':
      return 'the bot is not in it, or it is gone';
    default:
      return message;
  }
}

function whyUnheard({ code, message }: PortError): string {
  switch (code) {
    case 'user_disabled':
    case 'account_inactive':
      return 'their account is switched off';
    case 'user_not_found':
      return 'there is no such account';
    default:
      return message;
  }
}
