import { describe, expect, it } from 'vitest';

import { execute } from '#app/execute.ts';
import { recover } from '#app/recover.ts';
import { bot } from '#domain/ids.ts';
import { documentOf, runbookOf } from '#test/support/runbooks.ts';

import { ana, ben, cleo, minutes, playIncident } from './played-incident.ts';

describe('the reminder of an update', () => {
  it('comes at the pace of the severity, with a draft, to who sees to it', async () => {
    const world = await playIncident();
    await world.useCases.giveRole({
      by: ana,
      origin: world.origin,
      role: 'commander',
      person: cleo,
    });
    await world.until(minutes(29));
    expect(world.of('reminder')).toEqual([]);
    await world.until(minutes(30));
    expect(world.of('reminder')).toMatchObject([
      {
        to: world.channel,
        message: {
          draft: 'Checkout fails since 03:00 UTC (30 min).\nWe are looking into it.',
          mention: ['U0CLEO'],
          buttons: [
            { label: 'Send' },
            { label: '30 min' },
            { label: '60 min' },
            { label: '90 min' },
            { label: 'Stop' },
          ],
        },
      },
    ]);
  });

  it('comes again while nobody answers, in the place of the one before', async () => {
    const world = await playIncident();
    await world.until(minutes(60));
    const { reminders } = await world.incident();
    expect(reminders).toMatchObject([
      { answer: { what: 'Nobody answered; asked again' } },
      { answer: null },
    ]);
  });

  it.each([
    ['30 min', 30],
    ['60 min', 60],
    ['90 min', 90],
  ])('is put off by %s', async (label, count) => {
    const world = await playIncident();
    await world.until(minutes(30));
    await world.press(label, ben);
    await world.until(minutes(30 + count - 1));
    expect((await world.incident()).reminders).toHaveLength(1);
    await world.until(minutes(30 + count));
    expect((await world.incident()).reminders).toHaveLength(2);
  });

  it('stops for good, until the severity changes', async () => {
    const world = await playIncident();
    await world.until(minutes(30));
    await world.press('Stop', ben);
    await world.until(minutes(300));
    expect((await world.incident()).reminders).toHaveLength(1);
    const { useCases, origin } = world;
    await useCases.setSeverity({ by: ana, origin, severity: 'SEV2' });
    await useCases.setSeverity({ by: ana, origin, severity: 'SEV1' });
    await world.until(minutes(330));
    expect((await world.incident()).reminders).toHaveLength(2);
  });

  it('is due after a restart that lost its timer', async () => {
    const world = await playIncident();
    world.forget();
    await recover(world.app);
    await world.until(minutes(30));
    expect(world.of('reminder')).toHaveLength(1);
  });

  it.each([
    ['ends', 32, 32],
    ['never ends', 60, 35],
  ])('keeps quiet while a check is at work that %s', async (_how, endsAt, askedAt) => {
    const check =
      "{id: a, title: A, uses: check.metric, with: {query: up}, pass: '< 1', watch: {every: 30s, hold: 1s, giveUpAfter: 6h}}";
    const world = await playIncident();
    let value = 2;
    world.measureWith(() => ({ kind: 'measured', result: { value }, summary: String(value) }));
    await world.until(minutes(29));
    const run = { type: 'StartRun' as const, run: 'run-1', called: {}, inputs: {}, alert: null };
    await execute(world.app, world.id, () => [
      {
        ...run,
        at: world.at(),
        actor: bot,
        document: documentOf(runbookOf(`  - ${check}`)),
        mode: 'live',
        waits: false,
      },
    ]);
    await world.until(minutes(endsAt - 0.5));
    value = 0;
    await world.until(minutes(endsAt + 1));
    const [reminder] = (await world.incident()).reminders;
    const late = (Date.parse(reminder?.at ?? '') - Date.parse(minutes(askedAt))) / 60_000;
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThan(1);
  });
});

describe('an update', () => {
  it('goes into the channel, under the announcement and to each who follows', async () => {
    const world = await playIncident({
      incident: {
        severities: { SEV1: { updateEvery: '30m', invite: [], followers: ['leadership'] } },
      },
      members: { leadership: ['U0LEAD', 'U0ANA'] },
    });
    await world.press('Follow', ben);
    await world.until(minutes(30));
    expect(await world.press('Send', ana)).toMatchObject({
      kind: 'form',
      form: { text: expect.stringContaining('#incidents, 1 follower, leadership') },
    });
    await world.press('Send', ana, { text: 'Cards work again.' });

    const update = 'Update: Cards work again.';
    expect(world.told(world.channel)).toEqual([update]);
    const announced = world.of('announcement')[0];
    expect(world.posted.filter(({ thread }) => thread !== undefined)).toMatchObject([
      { to: announced?.to, message: { text: update } },
    ]);
    // Who sent it knows.
    expect(world.told('U0ANA')).toEqual([]);
    for (const follower of ['U0BEN', 'U0LEAD']) {
      expect(world.told(follower)).toEqual([`SEV1 · Checkout fails\n${update}`]);
    }
    expect(world.of('reminder').at(-1)).toMatchObject({
      message: { outcome: { what: 'Update sent' }, buttons: [] },
    });
  });

  it('is not told to those who follow later, or no longer', async () => {
    const world = await playIncident();
    const { useCases, origin } = world;
    await world.press('Follow', ben);
    expect(await world.press('Follow', ben)).toMatchObject({
      text: 'You no longer get the updates.',
    });
    await useCases.sendUpdate({ by: ana, origin, text: 'First' });
    await world.press('Follow', cleo);
    await useCases.sendUpdate({ by: ana, origin, text: 'Second' });
    await world.until(minutes(1));
    expect(world.told('U0BEN')).toEqual([]);
    expect(world.told('U0CLEO')).toEqual(['SEV1 · Checkout fails\nUpdate: Second']);
  });

  it('without a text is none', async () => {
    const world = await playIncident();
    expect(await world.press('Send update', ana, { text: ' ' })).toMatchObject({
      code: 'incident.empty-update',
    });
  });
});
