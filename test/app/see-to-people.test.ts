import { expect, it } from 'vitest';

import { bot } from '#domain/ids.ts';
import { PortError } from '#ports/port-error.ts';
import { playApproval } from '#test/domain/run/play-approval.ts';

import { at, id, openIncident } from './shown-incident.ts';

const cleo = { kind: 'person', id: 'U-CLEO', name: 'cleo' } as const;

it('comes up to date in a channel that it was let into, though not in the same moment', async () => {
  let out = false;
  const { give, setSeverity, show, heard, card, passes } = await openIncident((chat) => ({
    async update(request) {
      if (out) throw new PortError('channel_not_found', 'gone', { retry: false });
      return chat.update(request);
    },
  }));
  await give({ type: 'AssignRole', at, actor: bot, role: 'commander', person: cleo });
  await show();
  out = true;
  await setSeverity();
  await show();

  out = false;
  await heard({ opened: true });
  passes(3_000);
  await show();

  expect(card()?.severity).toBe('SEV2');
});

it('frees the role of somebody whose account was switched off, and asks the team who takes it', async () => {
  const { app, give, show, card, messages, passes } = await openIncident();
  await give({ type: 'AssignRole', at, actor: bot, role: 'commander', person: cleo });
  await show();
  expect(card()?.commander).toMatchObject({ name: 'cleo' });

  app.directory.person = async (person) => ({ id: person, name: 'cleo', active: false });
  passes(2 * 60_000);
  await show();
  expect(card()?.commander).toMatchObject({ name: 'cleo' });
  passes(4 * 60_000);
  await show();
  passes(3_000);
  await show();
  await show('notice');

  expect(card()).toMatchObject({ commander: null });
  expect(messages()).toContainEqual(
    expect.objectContaining({
      kind: 'notice',
      text: 'cleo is no longer commander: their account is switched off. Who takes it?',
      mention: ['U-BEN'],
    }),
  );
});

it('frees it at once when chat tells that the account was switched off', async () => {
  const { app, give, show, heard, card, passes } = await openIncident();
  await give({ type: 'AssignRole', at, actor: bot, role: 'commander', person: cleo });
  await show();
  app.directory.person = async (person) => ({ id: person, name: 'cleo', active: false });

  await heard({ left: 'U-CLEO' });
  passes(3_000);
  await show();

  expect(card()).toMatchObject({ commander: null });
});

it('leaves the role with somebody of whom chat says nothing now', async () => {
  const { app, give, show, card } = await openIncident();
  await give({ type: 'AssignRole', at, actor: bot, role: 'commander', person: cleo });
  const unanswered = true as const;
  app.directory.person = async (person) => ({ id: person, name: '', active: false, unanswered });

  await show();
  await show();

  expect(card()?.commander).toMatchObject({ name: 'cleo' });
});

it('says who could not be asked to approve, and that nobody is left, until somebody is', async () => {
  const gone = new Set(['U-BEN']);
  const { app, show, card, messages, passes } = await openIncident((chat) => ({
    async post(request) {
      if ('person' in request.to && gone.has(request.to.person)) {
        throw new PortError('user_disabled', 'switched off', { retry: false });
      }
      return chat.post(request);
    },
  }));
  app.directory.members = async (group) => (group === 'payments-oncall' ? ['U-BEN'] : []);
  const events = playApproval([]).events.filter((event) => 'run' in event);
  const plain = events.map((event) => JSON.parse(JSON.stringify(event)));
  await app.store.append({ stream: id, expected: 2, events: plain, jobs: [], marks: [] });

  await show();
  passes(3_000);
  await show();
  await show('notice');

  const problems = [
    '@U-BEN could not be asked to approve: their account is switched off',
    'Too few people of payments-oncall or incident-commanders are left to approve what ana has asked for. Whoever is in incident-commanders can break the glass.',
  ];
  expect(card()?.problems).toEqual(problems);
  expect(messages()).toContainEqual(expect.objectContaining({ kind: 'notice', text: problems[1] }));

  gone.clear();
  passes(10 * 60_000);
  await show();
  passes(3_000);
  await show();
  expect(card()?.problems).toEqual([]);
});
