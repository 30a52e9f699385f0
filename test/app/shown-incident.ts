import { announce } from '#app/announce.ts';
import { execute, type MachineCommand } from '#app/execute.ts';
import { bot } from '#domain/ids.ts';
import type { ChatMessage } from '#ports/chat-messages.ts';
import type { Chat } from '#ports/chat.ts';
import { PortError } from '#ports/port-error.ts';
import { playApp } from '#test/support/played/played-app.ts';

export const at = '2026-11-24T02:59:00.000Z';
export const id = 'inc-1';

/** An incident with a channel, and a chat that remembers; `given` are calls that go another way. */
export async function openIncident(given: (chat: Chat) => Partial<Chat> = () => ({})) {
  const { app: played } = playApp({ members: { payments: ['U-BEN'] } });
  const standing = new Map<string, ChatMessage>();
  const posts: { to: unknown; ts: string }[] = [];
  const clock = { at: Date.parse(at) };
  const pinned: string[] = [];
  const chat: Chat = {
    ...played.chat,
    async post({ to, key, message, again }) {
      if (again && standing.has(key)) return { channel: 'C-inc', ts: key, complete: true };
      standing.set(key, message);
      const ts = `${key}.${posts.length}`;
      posts.push({ to, ts });
      return { channel: 'C-inc', ts, complete: true };
    },
    async find({ key }) {
      return standing.has(key) ? { channel: 'C-inc', ts: key } : null;
    },
    async update({ ts, message }) {
      standing.set(ts.split('.')[0] ?? ts, message);
      return { complete: true };
    },
    async pin({ ts }) {
      pinned.push(ts);
    },
  };
  const now = () => new Date(clock.at);
  const app = {
    ...played,
    chat: { ...chat, ...given(chat) },
    clock: { ...played.clock, now },
  };
  const declare: MachineCommand = {
    type: 'Declare',
    at,
    actor: bot,
    incident: id,
    title: 'Checkout is down',
    severity: 'SEV1',
    service: 'checkout',
    environment: null,
    drill: false,
    declared: true,
    startedAt: at,
    alert: null,
  };
  const give = (...commands: MachineCommand[]) => execute(app, id, () => commands);
  await give(declare, { type: 'ReportChannel', at, actor: bot, channel: 'C-inc', name: 'inc' });
  const task = announce(app);
  const messages = () => [...standing.values()];
  return {
    app,
    give,
    pinned,
    messages,
    posts,
    passes: (ms: number) => {
      clock.at += ms;
    },
    show: (lane = 'main', signal = new AbortController().signal) =>
      task({ stream: id, lane }, signal),
    /** Shows what comes of what was heard of the messages. */
    heard: (what: { deleted: string } | { edited: string } | { opened: true } | { left: string }) =>
      task({ stream: id, lane: 'main', ...what }, new AbortController().signal),
    card: () => messages().find((one) => one.kind === 'incident-card'),
    setSeverity: () => give({ type: 'SetSeverity', at, actor: bot, severity: 'SEV2' }),
  };
}

export const silence = () => new PortError('timeout', 'no answer', { retry: true });
