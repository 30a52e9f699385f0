import { expect, it } from 'vitest';

import { PortError } from '#ports/port-error.ts';
import { playApp } from '#test/support/played/played-app.ts';
import { documentOf, runbookOf } from '#test/support/runbooks.ts';

const runbook = runbookOf(
  '  - {id: flag, title: Fail over, uses: flags.set, with: {flag: f, value: true, connection: house}}',
);

it('shows everybody who was asked how the request ended, when they are in the group no more', async () => {
  const members: Record<string, readonly string[]> = { 'payments-oncall': ['U0BEN', 'U0CLEO'] };
  const world = await playRequest(members);
  const { posted } = world;
  await world.until('2026-11-24T03:00:00.000Z');
  const asked = approvals(posted);
  expect(asked.map(({ to }) => to)).toEqual(['U0BEN', 'U0CLEO']);

  members['payments-oncall'] = [];
  await world.stop();
  await world.until('2026-11-24T03:01:00.000Z');

  const ended = approvals(posted).slice(asked.length);
  expect(ended.map(({ to, outcome }) => ({ to, over: outcome !== null }))).toEqual([
    { to: 'U0BEN', over: true },
    { to: 'U0CLEO', over: true },
  ]);
});

it('tells of a request that ended while chat was away only those whom it had reached', async () => {
  const world = await playRequest({
    'payments-oncall': ['U0BEN', 'U0CLEO'],
  });
  const { posted } = world;
  const { chat } = world.app;
  const post = chat.post.bind(chat);
  let down = true;
  chat.post = async (request) => {
    const isAsked = down && request.message.kind === 'approval';
    if (!isAsked) return post(request);
    // To ben it gets through, but the answer is lost.
    if ('person' in request.to && request.to.person === 'U0BEN') await post(request);
    throw new PortError('timeout', 'no answer', { retry: true });
  };
  chat.find = async ({ to }) =>
    'person' in to && to.person === 'U0BEN' ? { channel: 'U0BEN', ts: '1' } : null;
  await expect(world.until('2026-11-24T03:00:00.000Z')).rejects.toThrow('no answer');
  await world.stop();
  down = false;
  await world.until('2026-11-24T03:05:00.000Z');

  expect(approvals(posted).map(({ to, outcome }) => ({ to, over: outcome !== null }))).toEqual([
    { to: 'U0BEN', over: false },
    { to: 'U0BEN', over: true },
  ]);
});

async function playRequest(members: Readonly<Record<string, readonly string[]>>) {
  const played = playApp({
    documents: [documentOf(runbook)],
    members,
    settings: {
      connections: { house: { type: 'unleash', url: 'http://f', drill: false, options: {} } },
    },
  });
  played.app.flags.read = async () => ({ value: false });
  const by = { id: 'U0ANA', name: 'ana' };
  const origin = { channel: 'C1', message: null };
  await played.useCases.startRunbook({ by, origin, runbook: 'rehearsed', values: {} });
  return {
    ...played,
    async stop() {
      const button = played.posted
        .flatMap(({ message }) => (message.kind === 'run' ? message.steering : []))
        .find(({ label }) => label === 'Stop');
      const control = button?.control ?? '';
      return played.useCases.press({ by, origin, control, values: { reason: 'not now' } });
    },
  };
}

function approvals(posted: ReturnType<typeof playApp>['posted']) {
  return posted.flatMap(({ to, message }) =>
    message.kind === 'approval' ? [{ to, outcome: message.outcome }] : [],
  );
}
