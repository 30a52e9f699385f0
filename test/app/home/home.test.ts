import { describe, expect, it } from 'vitest';

import { createUseCases } from '#app/create-use-cases.ts';
import type { Home } from '#ports/home.ts';
import { playApp } from '#test/support/played/played-app.ts';
import { documentOf, runbookOf } from '#test/support/runbooks.ts';

const person = (id: string) => ({ id, name: id });
const ana = person('U0ANA');
const ben = person('U0BEN');
const runbook = runbookOf(`  - {id: look, title: Look, uses: manual, with: {instructions: Look}}`);

describe('a home', () => {
  it('has what is open with what is next, and the roles that the person has in it', async () => {
    const { home, of } = await opened();

    expect(of(ana).incidents).toMatchObject([
      { title: 'Checkout fails', severity: 'SEV1', roles: ['commander'], step: 'Look' },
      { title: 'Search is slow', roles: [] },
    ]);
    expect(of(ana).incidents[0]?.next).toBe('Any responder: Done');
    expect(home('U0BEN')).toBeUndefined();
  });

  it('has the runbooks with their health, and what was resolved lately', async () => {
    const { played, useCases, of, second } = await opened();
    const values = { cause: 'an index was missing' };
    expect(await useCases.resolveIncident({ by: ana, origin: second, values })).toMatchObject({
      kind: 'done',
    });
    await played.until('2026-11-24T03:01:00.000Z');

    expect(of(ana).runbooks.runbooks).toMatchObject([{ id: 'rehearsed', proof: null }]);
    expect(of(ana).incidents).toHaveLength(1);
    expect(of(ana).postMortems).toMatchObject([
      {
        title: 'Search is slow',
        state: expect.stringMatching(/^Post-mortem: handrail postmortem inc-/),
        links: [],
      },
    ]);
  });

  it('follows what happens within ten seconds, for those who have opened it lately', async () => {
    const { played, useCases, of, home, first } = await opened();
    await useCases.openHome({ by: ben });
    await played.until('2026-11-24T03:00:20.000Z');
    await useCases.setSeverity({ by: ana, origin: first, severity: 'SEV2' });
    await played.until('2026-11-24T03:00:31.000Z');

    for (const who of [ana, ben]) {
      expect(of(who).incidents.map(({ severity }) => severity)).toContain('SEV2');
    }
    expect(home('U0CLEO')).toBeUndefined();
    await played.until('2026-11-24T03:31:00.000Z');
    played.homes.clear();
    await useCases.setSeverity({ by: ana, origin: first, severity: 'SEV1' });
    await played.until('2026-11-24T03:32:00.000Z');
    expect([...played.homes.keys()]).toEqual([]);
  });

  it('is not sent again when nothing in it has changed', async () => {
    const { played, useCases, first } = await opened();
    await played.until('2026-11-24T03:00:30.000Z');
    played.homes.clear();
    await useCases.note({ by: ben, origin: first, text: 'nothing of this is in a home' });
    await played.until('2026-11-24T03:01:00.000Z');

    expect(played.homes.size).toBe(0);
  });

  it('has a private incident only for those who were let in', async () => {
    const { played, useCases, of } = await opened();
    const values = { title: 'A leak', severity: 'SEV1', service: 'checkout', private: true };
    await useCases.declareIncident({ by: ben, origin: { channel: null, message: null }, values });
    await useCases.openHome({ by: ben });
    await played.until('2026-11-24T03:00:30.000Z');

    expect(of(ben).incidents.map(({ title }) => title)).toContain('A leak');
    expect(of(ana).incidents.map(({ title }) => title)).not.toContain('A leak');
  });

  it('is shown to no guest', async () => {
    const { played, useCases, home } = await opened();
    expect(await useCases.openHome({ by: person('guest') })).toMatchObject({ kind: 'refused' });
    await played.until('2026-11-24T03:01:00.000Z');

    expect(home('guest')).toBeUndefined();
  });

  it('has the self-check for admins, with what it found last', async () => {
    const { played, useCases, of } = await opened();
    const admin = person('admin');
    await useCases.openHome({ by: admin });
    await played.until('2026-11-24T03:00:05.000Z');
    expect(of(ana).selfCheck).toBeNull();
    expect(of(admin).selfCheck).toEqual({ last: null });

    const origin = { channel: null, message: null };
    expect(await useCases.selfCheck({ by: ana, origin })).toMatchObject({ kind: 'refused' });
    expect(await useCases.selfCheck({ by: admin, origin })).toMatchObject({ kind: 'done' });
    await useCases.openHome({ by: admin });
    await played.until('2026-11-24T03:00:10.000Z');

    expect(of(admin).selfCheck?.last?.findings).toEqual([
      { area: 'database', status: 'ok', text: 'answers' },
    ]);
  });
});

describe('a home of somebody who may approve', () => {
  it('has the plan with its buttons, until it is answered', async () => {
    const write = runbookOf(
      `  - {id: flag, title: Fail over, uses: flags.set, with: {flag: f, value: true, connection: house}}`,
    );
    const played = playApp({
      documents: [documentOf(write)],
      members: { 'payments-oncall': ['U0BEN'] },
      settings: {
        connections: { house: { type: 'unleash', url: 'http://f', drill: false, options: {} } },
      },
    });
    played.app.flags.read = async () => ({ value: false });
    const useCases = createUseCases(played.app);
    const origin = { channel: 'C1', message: null };
    await played.until('2026-11-24T03:00:00.000Z');
    await useCases.startRunbook({ by: ana, origin, runbook: 'rehearsed', values: {} });
    await useCases.openHome({ by: ben });
    await played.until('2026-11-24T03:00:15.000Z');

    const [asked] = played.homes.get('U0BEN')?.approvals ?? [];
    expect(asked).toMatchObject({
      title: 'Fail over',
      requester: ana,
      buttons: [
        { label: 'Approve flag change' },
        { label: 'Reject' },
        { label: 'Break the glass' },
      ],
    });
    await useCases.press({
      control: asked?.buttons[1]?.control ?? '',
      by: ana,
      origin: { channel: null, message: null },
    });
    await played.until('2026-11-24T03:00:30.000Z');
    expect(played.homes.get('U0BEN')?.approvals).toEqual([]);
  });
});

/** Two open incidents; Ana commands the first, a runbook runs in it, and she has opened her home. */
async function opened() {
  const played = playApp({ documents: [documentOf(runbook)] });
  await played.until('2026-11-24T03:00:00.000Z');
  const useCases = createUseCases(played.app);
  const nowhere = { channel: null, message: null };
  const declare = async (title: string) => {
    const values = { title, severity: 'SEV1', service: 'checkout' };
    await useCases.declareIncident({ by: ben, origin: nowhere, values });
    await played.until(played.at());
  };
  await declare('Checkout fails');
  await declare('Search is slow');
  await played.until('2026-11-24T03:00:01.000Z');
  const [second, first] = await Promise.all(
    (await played.app.store.streams({ prefix: 'inc-', limit: 2 })).map(async (id) => {
      const { incident } = await played.stream(id);
      return { channel: incident?.channel?.id ?? '', message: null };
    }),
  );
  if (first === undefined || second === undefined) throw new Error('there are no channels');
  await useCases.giveRole({ by: ana, origin: first, role: 'commander', person: ana });
  await useCases.startRunbook({ by: ana, origin: first, runbook: 'rehearsed', values: {} });
  await useCases.openHome({ by: ana });
  await played.until('2026-11-24T03:00:02.000Z');
  const home = (id: string): Home | undefined => played.homes.get(id);
  return {
    played,
    useCases,
    first,
    second,
    home,
    of: ({ id }: { id: string }): Home => {
      const found = home(id);
      if (found === undefined) throw new Error(`${id} has no home`);
      return found;
    },
  };
}
