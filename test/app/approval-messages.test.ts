import { expect, it } from 'vitest';

import { playApp } from '#test/support/played/played-app.ts';
import { documentOf, runbookOf } from '#test/support/runbooks.ts';

const runbook = runbookOf(
  '  - {id: flag, title: Fail over, uses: flags.set, with: {flag: f, value: true, connection: house}}',
);

it('shows everybody who was asked how the request ended, when they are in the group no more', async () => {
  const members: Record<string, readonly string[]> = { 'payments-oncall': ['U0BEN', 'U0CLEO'] };
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
  await played.until('2026-11-24T03:00:00.000Z');
  const asked = approvals(played.posted);
  expect(asked.map(({ to }) => to)).toEqual(['U0BEN', 'U0CLEO']);

  members['payments-oncall'] = [];
  const stop = played.posted
    .flatMap(({ message }) => (message.kind === 'run' ? message.steering : []))
    .find(({ label }) => label === 'Stop');
  const control = stop?.control ?? '';
  await played.useCases.press({ by, origin, control, values: { reason: 'not now' } });
  await played.until('2026-11-24T03:01:00.000Z');

  const ended = approvals(played.posted).slice(asked.length);
  expect(ended.map(({ to, outcome }) => ({ to, over: outcome !== null }))).toEqual([
    { to: 'U0BEN', over: true },
    { to: 'U0CLEO', over: true },
  ]);
});

function approvals(posted: ReturnType<typeof playApp>['posted']) {
  return posted.flatMap(({ to, message }) =>
    message.kind === 'approval' ? [{ to, outcome: message.outcome }] : [],
  );
}
