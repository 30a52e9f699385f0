import { expect, it } from 'vitest';

import { announce } from '#app/announce.ts';
import { execute, type MachineCommand } from '#app/execute.ts';
import { bot } from '#domain/ids.ts';
import type { ChatMessage } from '#ports/chat-messages.ts';
import type { Chat } from '#ports/chat.ts';
import { PortError } from '#ports/port-error.ts';
import { playApp } from '#test/support/played/played-app.ts';

const at = '2026-11-24T02:59:00.000Z';
const id = 'inc-1';

/** An incident with a channel, and a chat that remembers; `given` are calls that go another way. */
async function openIncident(given: (chat: Chat) => Partial<Chat> = () => ({})) {
  const { app: played } = playApp({ members: { payments: ['U-BEN'] } });
  const standing = new Map<string, ChatMessage>();
  const pinned: string[] = [];
  const chat: Chat = {
    ...played.chat,
    async post({ key, message, again }) {
      if (!(again && standing.has(key))) standing.set(key, message);
      return { channel: 'C-inc', ts: key, complete: true };
    },
    async update({ ts, message }) {
      standing.set(ts, message);
      return { complete: true };
    },
    async pin({ ts }) {
      pinned.push(ts);
    },
  };
  const app = { ...played, chat: { ...chat, ...given(chat) } };
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
    show: (lane = 'main', signal = new AbortController().signal) =>
      task({ stream: id, lane }, signal),
    card: () => messages().find((one) => one.kind === 'incident-card'),
    setSeverity: () => give({ type: 'SetSeverity', at, actor: bot, severity: 'SEV2' }),
  };
}

const silence = () => new PortError('timeout', 'no answer', { retry: true });

it('brings a message up to date that an earlier try has posted after all', async () => {
  let lost = 0;
  const { show, setSeverity, card } = await openIncident((chat) => ({
    async post(request) {
      const posted = await chat.post(request);
      if ((lost += 1) === 1) throw silence();
      return posted;
    },
  }));
  await expect(show()).rejects.toThrow('no answer');
  await setSeverity();

  await show();

  expect(card()?.severity).toBe('SEV2');
});

it('pins a message later that could not be pinned at once', async () => {
  let tries = 0;
  const { show, pinned } = await openIncident((chat) => ({
    async pin(message) {
      if ((tries += 1) === 1) throw silence();
      return chat.pin(message);
    },
  }));
  await expect(show()).rejects.toThrow('no answer');

  await show();
  await show();

  expect(pinned).toHaveLength(1);
});

it('goes on with a message that nobody may pin', async () => {
  const { show, setSeverity, card } = await openIncident(() => ({
    async pin() {
      throw new PortError('too_many_pins', 'no more pins', { retry: false });
    },
  }));
  await show();
  await setSeverity();

  await show();

  expect(card()?.severity).toBe('SEV2');
});

it('writes nothing more once another may be at it', async () => {
  const stop = new AbortController();
  const { app, show, messages } = await openIncident((chat) => ({
    async post(request) {
      stop.abort(new Error('not heard'));
      return chat.post(request);
    },
  }));

  await expect(show('main', stop.signal)).rejects.toThrow('not heard');

  expect(messages()).toHaveLength(1);
  expect(JSON.stringify(await app.store.mark('posted:main', id))).toContain('"ts":null');
});

it('tells the team of the service that the glass was broken', async () => {
  const { app, show, messages } = await openIncident();
  const broken = {
    type: 'GlassBroken',
    at,
    actor: bot,
    run: 'run-1',
    step: 's',
    visit: 1,
    hash: 'h',
    texts: { reason: 'It burns' },
  };
  await app.store.append({ stream: id, expected: 2, events: [broken], jobs: [], marks: [] });

  await show('notice');

  expect(messages()).toMatchObject([{ kind: 'notice', mention: ['U-BEN'] }]);
});
