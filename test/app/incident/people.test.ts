import { describe, expect, it } from 'vitest';

import { ana, ben, cleo, minutes, playIncident, textIn } from './played-incident.ts';

describe('people', () => {
  it('are invited by the severity, and more of them when it gets worse', async () => {
    const world = await playIncident({
      incident: {
        severities: {
          SEV1: { updateEvery: null, invite: ['managers'], followers: [] },
          SEV2: { updateEvery: null, invite: [], followers: [] },
        },
      },
      members: { managers: ['U0BOSS'] },
      values: { severity: 'SEV2', title: 'Checkout fails' },
    });
    expect(world.kept).toContain(`invited into ${world.channel}: U0ANA`);
    await world.useCases.setSeverity({ by: ana, origin: world.origin, severity: 'SEV1' });
    await world.until(minutes(1));
    expect(world.kept).toContain(`invited into ${world.channel}: U0BOSS`);
    expect(world.told(world.channel)).toEqual([
      'Severity: SEV2 → SEV1 (no reminders of updates; invites managers)',
    ]);
  });

  it('join from the announcement, and are told how things stand when they come', async () => {
    const world = await playIncident();
    expect(await world.press('Join', ben)).toMatchObject({ channel: world.channel });
    expect(world.kept).toContain(`invited into ${world.channel}: U0BEN`);
    const reply = await world.useCases.membership({
      by: ben,
      channel: world.channel,
      joined: true,
    });
    expect(reply).toMatchObject({
      brief: [
        { label: 'What', text: 'SEV1 · Checkout fails' },
        { label: 'Since', text: '03:00 UTC (0 min)' },
        { label: 'Tried', text: 'nothing yet' },
        { label: 'Leads', text: 'nobody yet' },
        { label: 'Open', text: expect.stringContaining('Nobody is commander or scribe') },
      ],
    });
  });

  it('are told in private what a role asks of them, with what was open when it went over', async () => {
    const world = await playIncident();
    const { useCases, origin } = world;
    await world.press('Take command', ana);
    const form = await useCases.giveRole({ by: ana, origin, role: 'commander', person: null });
    expect(form).toMatchObject({ form: { text: expect.stringContaining('• Nobody is scribe') } });
    await useCases.giveRole({
      by: ana,
      origin,
      role: null,
      person: null,
      values: { role: 'commander', person: 'U0BEN', note: 'Ask the gateway people' },
    });
    await world.until(minutes(1));

    expect(world.of('role')).toMatchObject([
      { to: 'U0ANA', message: { role: 'commander', from: null, open: [] } },
      {
        to: 'U0BEN',
        message: {
          from: { id: 'U0ANA' },
          note: 'Ask the gateway people',
          instructions: 'Decide, and keep people to one thing each.',
          open: ['Nobody is scribe', 'The next update is due at 03:30 UTC'],
        },
      },
    ]);
    await useCases.giveBackRole({ by: ben, origin, role: 'commander' });
    expect((await world.incident()).roles).toEqual({});
  });
});

describe('a private incident', () => {
  const values = { private: true, title: 'Keys leaked', severity: 'SEV1' };

  it('has a private channel, is announced nowhere, and invites nobody by itself', async () => {
    const world = await playIncident({ values, members: { 'payments-oncall': ['U0BEN'] } });
    expect(world.channels).toMatchObject([{ private: true }]);
    expect(world.of('announcement')).toEqual([]);
    expect(world.kept).toEqual([
      `invited into ${world.channel}: U0ANA`,
      `topic of ${world.channel}: SEV1 · open · no commander`,
    ]);
  });

  it('is not there for others, in lists or by its channel, and says so where they ask', async () => {
    const world = await playIncident({ values });
    const { useCases, origin } = world;
    const nowhere = { channel: 'C-other', message: null };
    expect(await useCases.listIncidents({ by: ben, origin: nowhere })).toMatchObject({
      incidents: [],
    });
    expect(textIn(await useCases.incidentStatus({ by: ben, origin: nowhere }))).not.toContain(
      'keys-leaked',
    );
    for (const refused of [
      await useCases.incidentStatus({ by: ben, origin }),
      await useCases.timeline({ by: ben, origin, filter: { kinds: [], person: null }, page: 0 }),
      await useCases.note({ by: ben, origin, text: 'x' }),
      await useCases.setSeverity({ by: ben, origin, severity: 'SEV2' }),
    ]) {
      expect(refused).toMatchObject({
        code: 'incident.private',
        message: 'This incident is private. Ask whoever declared it to invite you.',
      });
    }
  });

  it('is there for who was invited, or was let into its channel, until they leave', async () => {
    const world = await playIncident({ values });
    const { useCases, origin, channel } = world;
    await useCases.invitePeople({ by: ana, origin, people: [ben] });
    await useCases.membership({ by: cleo, channel, joined: true });
    await world.until(minutes(1));
    expect(world.kept).toContain(`invited into ${channel}: U0BEN U0CLEO`);
    for (const by of [ben, cleo]) {
      expect(await useCases.listIncidents({ by, origin })).toMatchObject({ incidents: [{}] });
    }
    await useCases.membership({ by: cleo, channel, joined: false });
    expect(await useCases.incidentStatus({ by: cleo, origin })).toMatchObject({
      code: 'incident.private',
    });
  });
});
