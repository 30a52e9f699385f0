import { expect, it } from 'vitest';

import type { Person } from '#practice/slack/person.ts';
import {
  button,
  findAnywhere,
  incidentChannel,
  message,
  presses,
  sees,
  textOf,
  whisper,
} from '#test/support/at-the-screen.ts';
import { openWorld } from '#test/support/world.ts';

it.concurrent('is declared from a message, led by several people, and told to who follows', async () => {
  await using world = await openWorld();
  await world.startBot();
  const { ana, ben, dan } = world;
  await ben.type('#checkout', 'customers say that cards are declined');
  const seen = await sees(ana, message(/cards are declined/));
  await ana.shortcut('declare_incident', seen);
  await sees(ana, ({ modal }) => modal?.title === 'Declare an incident');
  expect(await ana.submit({ Severity: 'SEV1' })).toMatchObject({ ok: true });
  const { name } = await sees(ana, incidentChannel);

  await presses(dan, findAnywhere(/^Join$/));
  const brief = await sees(dan, whisper(/What:.*customers say that cards are declined/));
  expect(textOf(brief)).toMatch(/Since:.*\n.*Tried:.*nothing yet\n.*Leads:.*nobody yet\n.*Open:/);
  await presses(dan, findAnywhere(/^Follow$/));
  await sees(dan, whisper(/each update as a direct message/));

  await presses(ana, button(/^Take command$/));
  await sees(ana, inPrivate(/You are commander.*\n.*_Lead,/s));
  await type(ana, 'role communications @ben');
  await sees(ben, inPrivate(/You are communications/));

  await presses(ben, button(/^Send update$/));
  await fill(ben, 'Send an update', { Update: 'We look at the gateways.' });
  await sees(dan, inPrivate(/SEV1 · customers say.*\nUpdate: We look at the gateways\./s));
  const announced = await sees(dan, message(/🔴 \*SEV1 · customers say/));
  await sees(dan, ({ channels }) =>
    channels
      .flatMap(({ messages }) => messages)
      .find(({ threadTs, text }) => threadTs === announced.ts && /gateways/.test(text)),
  );

  await type(ana, 'severity');
  await fill(ana, 'Set the severity', { Severity: 'SEV2' });
  await sees(ben, message(/Severity: SEV1 → SEV2 \(an update every 60m/));
  await type(ana, 'handover');
  await fill(ana, 'Give out a role', { To: ben.id, 'What they should know': 'Gateway A, I think' });
  await sees(
    ben,
    inPrivate(/ana says: Gateway A, I think.*Open when you took over.*Nobody is scribe/s),
  );
  await type(ben, 'status mitigated');
  await sees(ana, message(/Open, mitigated/));
  await type(ben, 'timeline');
  await sees(ben, whisper(/\*ben\* · _note_.*customers say that cards are declined/s));

  await presses(ben, button(/^Resolve$/));
  await fill(ben, 'Resolve the incident', { Cause: 'Gateway A was down' });
  await sees(dan, inPrivate(/Resolved\. Gateway A was down/));
  await sees(ana, message(/This channel is archived on/));
  await presses(ana, button(/^Reopen$/));
  await fill(ana, 'Reopen the incident', { 'Why does it go on?': 'It is back' });
  await sees(ben, message(/Reopened\./));

  async function type(person: Person, words: string): Promise<void> {
    expect(await person.type(name, `/incident ${words}`)).toMatchObject({ ok: true });
  }
});

it.concurrent('stays private for those who were let in, and goes on as another one', async () => {
  await using world = await openWorld();
  await world.startBot();
  const { ana, ben, dan } = world;
  const declare = async (title: string, more: Record<string, string[]>) => {
    await ana.type('#checkout', `/incident declare ${title}`);
    await fill(ana, 'Declare an incident', { Severity: 'SEV3', ...more });
    const slug = title.toLowerCase().replaceAll(' ', '-');
    return sees(ana, ({ channels }) => channels.find((one) => one.name.endsWith(slug)));
  };
  const secret = await declare('Keys leaked', { Private: ['Yes'] });
  expect(secret.kind).toBe('private');
  const other = await declare('Somebody reads mail', { Private: ['Yes'] });
  await ana.type(secret.name, '/incident note at 00:01 the log shows it');
  await sees(ana, whisper(/On the timeline\./));

  await dan.type('#checkout', '/incident list');
  await sees(dan, whisper(/There is no open incident\./));
  expect(
    (await dan.see()).channels.flatMap(({ messages }) => messages.map(textOf)).join(),
  ).not.toMatch(/Keys leaked/);
  await ana.type(secret.name, '/incident invite @ben');
  await sees(ben, ({ channels }) => channels.find(({ id }) => id === secret.id));
  await ben.type('#checkout', '/incident list');
  await sees(ben, whisper(/1 open incident.*Private.*Keys leaked/s));

  await ana.type(secret.name, '/incident merge');
  await fill(ana, 'Merge into another', { Into: 'SEV3 · Somebody reads mail' });
  await sees(ana, message(/Merged into #\S*somebody-reads-mail/));
  await sees(ben, ({ channels }) => channels.find(({ id }) => id === other.id));
  await sees(
    ana,
    message(/«Keys leaked» .*was merged into this\. Its notes and alerts are here now\./),
  );
  await ana.type(other.name, '/incident timeline');
  await sees(ana, whisper(/_note_\nthe log shows it/));
});

async function fill(
  person: Person,
  title: string,
  values: Readonly<Record<string, string | string[]>>,
): Promise<void> {
  await sees(person, ({ modal }) => modal?.title === title);
  expect(await person.submit(values)).toMatchObject({ ok: true });
  await sees(person, ({ modal }) => modal === null);
}

/** A direct message of the bot that says this. */
function inPrivate(text: RegExp) {
  return ({ channels }: Awaited<ReturnType<Person['see']>>) =>
    channels
      .filter(({ kind }) => kind === 'im')
      .flatMap(({ messages }) => messages)
      .findLast((one) => text.test(textOf(one)));
}
