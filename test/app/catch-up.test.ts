import { expect, it } from 'vitest';

import { createKeptMembers } from '#app/kept-members.ts';
import { bot, type Actor } from '#domain/ids.ts';

import { at, id, openIncident, silence } from './shown-incident.ts';

const ben: Actor = { kind: 'person', id: 'U-BEN', name: 'ben' };
const cleo: Actor = { kind: 'person', id: 'U-CLEO', name: 'cleo' };

/** An incident whose chat takes nothing while it is down. */
async function openInReach() {
  let down = false;
  const incident = await openIncident((chat) => ({
    async post(request) {
      if (down) throw silence();
      return chat.post(request);
    },
  }));
  return { ...incident, setDown: (is: boolean) => (down = is) };
}

it('tells in one message what could not be posted for a while, once and in order', async () => {
  const { app, give, show, messages, posts, passes, setDown } = await openInReach();
  setDown(true);
  const update = (text: string) => give({ type: 'PostUpdate', at: timeIn(app), actor: bot, text });
  await update('Orders fail');
  await expect(show('notice')).rejects.toThrow('no answer');
  await update('Rolling back');
  await give({ type: 'Resolve', at: timeIn(app), actor: bot, cause: 'A bad build', followUps: [] });
  passes(61_000);
  await expect(show('notice')).rejects.toThrow('no answer');
  await update('All is well');

  setDown(false);
  await show('notice');
  await show('notice');

  const head = (await app.store.load(id)).at(-1);
  expect(messages()).toMatchObject([
    {
      kind: 'catch-up',
      lines: [
        { text: 'Update: Orders fail' },
        { text: 'Update: Rolling back' },
        { text: expect.stringContaining('Resolved. A bad build') },
        { text: 'Update: All is well' },
      ],
      record: { position: head?.position, hash: head?.hash },
      timeline: '/incident timeline',
    },
  ]);
  expect(posts).toHaveLength(1);

  await update('Thank you');
  await show('notice');
  expect(messages().at(-1)).toMatchObject({ kind: 'notice', text: 'Update: Thank you' });
});

it('finds the one message again whose answer was lost, and brings it up to date', async () => {
  let lost = true;
  const { app, give, show, messages, posts, passes } = await openIncident((chat) => ({
    async post(request) {
      const posted = await chat.post(request);
      if (lost) throw silence();
      return posted;
    },
  }));
  for (const text of ['One', 'Two', 'Three']) {
    await give({ type: 'PostUpdate', at, actor: bot, text });
  }
  passes(61_000);
  await expect(show('notice')).rejects.toThrow('no answer');
  await give({ type: 'PostUpdate', at: timeIn(app), actor: bot, text: 'Four' });

  lost = false;
  await show('notice');
  passes(3_000);
  await show('notice');

  expect(posts).toHaveLength(1);
  const [told] = messages();
  expect(told?.kind === 'catch-up' && told.lines.map(({ text }) => text)).toEqual(
    ['One', 'Two', 'Three', 'Four'].map((text) => `Update: ${text}`),
  );
});

it('takes a text that was erased out of the one message that tells of it', async () => {
  const { app, give, show, messages, passes } = await openIncident();
  for (const text of ['Jane Doe can not pay', 'Two', 'Three']) {
    await give({ type: 'PostUpdate', at, actor: bot, text });
  }
  passes(61_000);
  await show('notice');
  expect(JSON.stringify(messages())).toContain('Jane Doe');

  const found = (await app.store.load(id)).find(({ event }) => event['type'] === 'UpdatePosted');
  const entry = found?.position ?? 0;
  await give({ type: 'Redact', at: timeIn(app), actor: bot, entry, positions: [entry] });
  await app.store.redact(id, entry);
  passes(10_000);
  await show('notice');

  expect(messages()).toMatchObject([{ kind: 'catch-up' }]);
  expect(JSON.stringify(messages())).not.toContain('Jane Doe');
  expect(JSON.stringify(messages())).toContain('Update: Two');
});

it('tells each follower, and under the announcement, in one message what was missed and how it stands', async () => {
  const { app, give, show, messages, posts, passes, setDown } = await openInReach();
  const settings = app.runbooks.settings();
  app.runbooks.settings = () => ({
    ...settings,
    incident: { ...settings.incident, announce: 'C-all' },
  });
  const events = [ben, cleo].map((actor) => ({ type: 'Followed', at, actor }));
  await app.store.append({ stream: id, expected: 2, events, jobs: [], marks: [] });
  await show('main');
  await show('notice');
  const before = posts.length;

  setDown(true);
  const update = (text: string) => give({ type: 'PostUpdate', at: timeIn(app), actor: bot, text });
  await update('Orders fail');
  await expect(show('notice')).rejects.toThrow('no answer');
  passes(61_000);
  await update('Rolling back');
  await give({ type: 'Resolve', at: timeIn(app), actor: bot, cause: 'A bad build', followUps: [] });
  await expect(show('notice')).rejects.toThrow('no answer');
  setDown(false);
  await show('notice');
  await show('notice');

  const thread = { channel: 'C-inc', thread: expect.any(String) };
  const places = [{ channel: 'C-inc' }, thread, { person: 'U-BEN' }, { person: 'U-CLEO' }];
  const since = posts.slice(before).map(({ to }) => to);
  expect(since).toHaveLength(places.length);
  expect(since).toEqual(expect.arrayContaining(places));

  const lines = [
    { text: 'Update: Orders fail' },
    { text: 'Update: Rolling back' },
    { text: 'Resolved. A bad build' },
  ];
  const about = { title: 'Checkout is down', severity: 'SEV1', status: 'resolved' };
  const outside = messages().filter((one) => one.kind === 'catch-up' && one.about !== null);
  const told = { lines, about, waiting: [], timeline: '/incident timeline' };
  expect(outside).toMatchObject([told, told, told]);

  await give({ type: 'Reopen', at: timeIn(app), actor: bot, reason: 'Again' });
  await show('notice');
  const text = 'SEV1 · Checkout is down\nReopened. Again';
  const reopened = { kind: 'notice', text, channel: 'C-inc' };
  expect(messages().filter((one) => one.kind === 'notice')).toMatchObject([
    expect.anything(),
    expect.anything(),
    reopened,
    reopened,
  ]);
});

it('tells whoever got a role, and leads where nothing can be posted, in one message, too', async () => {
  const { app, give, show, messages, posts, passes, setDown } = await openInReach();
  setDown(true);
  const assign = (role: string, person: Actor) =>
    give({ type: 'AssignRole', at: timeIn(app), actor: bot, role, person });
  await assign('commander', ben);
  await assign('scribe', ben);
  const message = 'Nothing can be posted in #inc: the channel is archived';
  await give({ type: 'NoteProblem', at: timeIn(app), actor: bot, key: 'place:C-inc', message });
  passes(61_000);
  await expect(show('notice')).rejects.toThrow('no answer');
  setDown(false);
  await show('notice');
  await show('notice');

  const toBen = posts.filter(({ to }) => JSON.stringify(to) === '{"person":"U-BEN"}');
  expect(toBen).toHaveLength(1);
  expect(messages().find((one) => one.kind === 'catch-up')).toMatchObject({
    lines: [
      { text: expect.stringMatching(/^You have the role commander\./) },
      { text: 'You have the role scribe.' },
      { text: expect.stringContaining(message) },
    ],
  });
});

it('tells whoever was in the group when chat last said so, while it does not say', async () => {
  const { app, show, messages } = await openIncident();
  const settings = app.runbooks.settings();
  const payments = { kind: 'usergroup', usergroup: 'S0PAY' } as const;
  app.runbooks.settings = () => ({ ...settings, groups: { ...settings.groups, payments } });
  await createKeptMembers(app).keep('S0PAY', ['U-BEN'], null);
  app.directory.members = async () => [];
  app.directory.unread = () => ['payments'];

  const told = { type: 'Told', at, actor: bot, run: 'r', step: 's', visit: 1 };
  const event = { ...told, to: ['payments'], text: 'Look' };
  await app.store.append({ stream: id, expected: 2, events: [event], jobs: [], marks: [] });
  await show('notice');

  expect(messages()).toMatchObject([{ mention: ['U-BEN'] }]);
});

function timeIn({ clock }: { clock: { now(): Date } }): string {
  return clock.now().toISOString();
}
