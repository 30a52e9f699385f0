import { describe, expect, it } from 'vitest';

import { load } from '#app/load.ts';
import { timelineEntries } from '#domain/timeline/entries.ts';
import { incidentMetrics } from '#domain/timeline/metrics.ts';

import { ana, ben, minutes, playIncident, textIn } from './played-incident.ts';

const files = [
  {
    name: 'graph.png',
    type: 'image/png',
    url: 'https://chat.example/f/1',
    source: 'https://chat.example/pri/1',
  },
];
const message = {
  message: '7.7',
  permalink: 'https://chat.example/p7',
  author: ben,
  text: 'gateway A is down',
  at: minutes(-5),
  files,
};

describe('an incident', () => {
  it('that is declared from a message has it as its first note, and follows it', async () => {
    const world = await playIncident();
    const { useCases, app } = world;
    const reply = await useCases.declareIncident({
      by: ana,
      origin: { channel: 'C-checkout', message: '7.7' },
      values: { title: 'Gateway A is down', severity: 'SEV2' },
      source: message,
    });
    const id = reply.kind === 'done' ? (reply.incident ?? '') : '';
    const place = { by: null, channel: 'C-checkout', message: '7.7' };
    await useCases.followMessage({ ...place, text: 'gateway A is slow' });

    const notes = timelineEntries((await load(app, id)).events).filter(
      ({ kind }) => kind === 'note',
    );
    expect(notes).toMatchObject([
      {
        at: minutes(-5),
        text: 'gateway A is slow',
        evidence: { permalink: 'https://chat.example/p7', author: { id: 'U0BEN' } },
      },
    ]);
  });

  it('takes a message of another channel, once it is said which incident is meant', async () => {
    const world = await playIncident();
    const { useCases } = world;
    const request = { by: ana, origin: { channel: 'C-checkout', message: '7.7' }, message };
    // A reaction elsewhere means something else.
    expect(await useCases.noteMessage({ ...request, ask: false })).toMatchObject({
      code: 'place.no-incident',
    });
    expect(await useCases.noteMessage({ ...request, ask: true })).toMatchObject({
      form: { fields: [{ options: [{ value: world.id, label: 'SEV1 · Checkout fails' }] }] },
    });
    await useCases.noteMessage({ ...request, ask: true, values: { incident: world.id } });
    expect((await world.incident()).notes).toMatchObject({ '7.7': { text: 'gateway A is down' } });
    await useCases.followMessage({ by: null, channel: 'C-checkout', message: '7.7', text: null });
    expect((await world.incident()).notes).toEqual({});
  });

  it('shows its timeline in pages, by person and kind, with links and files', async () => {
    const world = await playIncident();
    const { useCases, origin } = world;
    for (let count = 0; count < 20; count += 1) {
      await useCases.note({ by: ana, origin, text: `note ${count}` });
    }
    await useCases.noteMessage({ by: ana, origin, message, ask: true });
    const all = { kinds: [], person: null };
    expect(await useCases.timeline({ by: ben, origin, filter: all, page: 0 })).toMatchObject({
      timeline: { total: 23, page: 0, pages: 2 },
    });
    expect(await useCases.timeline({ by: ben, origin, filter: all, page: 9 })).toMatchObject({
      timeline: { page: 1 },
    });
    const values = { kinds: ['note'], person: 'U0BEN' };
    expect(await useCases.filterTimeline({ by: ben, origin, values })).toMatchObject({
      timeline: {
        total: 1,
        entries: [{ who: 'ben', permalink: message.permalink, files: [{ name: 'graph.png' }] }],
      },
    });
  });

  it('is corrected in its times, which the metrics follow, and says what it said before', async () => {
    const world = await playIncident();
    const { useCases, origin } = world;
    await world.until(minutes(10));
    await useCases.setMitigated({ by: ana, origin, mitigated: true });
    const form = await useCases.correctTimes({ by: ana, origin });
    expect(form).toMatchObject({ form: { text: expect.stringContaining('no → 03:10, by ana') } });
    const initial = form.kind === 'form' ? form.form.fields : [];
    const values = {
      ...Object.fromEntries(initial.map((field) => [field.id, field.initial])),
      mitigated: minutes(8),
      reason: 'the graph',
    };
    expect(textIn(await useCases.correctTimes({ by: ben, origin, values }))).toContain('Corrected');
    expect((await world.incident()).moments).toEqual({ mitigated: minutes(8) });
    expect(await useCases.correctTimes({ by: ben, origin, values })).toMatchObject({
      text: 'Nothing was changed.',
    });
    await world.until(minutes(11));
    expect(world.of('incident-card').at(-1)).toMatchObject({
      message: { mitigatedAt: minutes(8) },
    });
    expect(incidentMetrics((await load(world.app, world.id)).events).mitigate).toBe(8 * 60);
  });

  it('has its channel archived some days after the end, unless it goes on', async () => {
    const world = await playIncident();
    const { useCases, origin } = world;
    const resolve = () => useCases.resolveIncident({ by: ana, origin, values: { cause: 'DNS' } });
    await resolve();
    await world.until(minutes(1));
    expect(world.told(world.channel).at(-1)).toContain('archived on 2026-12-01');
    await world.press('Reopen', ben, { reason: 'it is back' });
    await world.until(minutes(8 * 24 * 60));
    expect(world.kept).not.toContain(`archived ${world.channel}`);
    await resolve();
    await world.until(minutes(16 * 24 * 60));
    expect(world.kept.filter((done) => done.startsWith('archived'))).toEqual([
      `archived ${world.channel}`,
    ]);
    expect(await useCases.reopenIncident({ by: ana, origin, values: {} })).toMatchObject({
      code: 'incident.archived',
    });
  });

  it('resolves whatever chat says, and tells where nothing can be posted', async () => {
    const world = await playIncident({ closed: ['#incidents'] });
    const { useCases, origin } = world;
    await useCases.resolveIncident({ by: ana, origin, values: { cause: 'DNS' } });
    await world.until(minutes(1));
    expect(await world.incident()).toMatchObject({
      status: 'resolved',
      problems: {
        'place:#incidents':
          'Nothing can be posted in #incidents: the bot is not in it, or it is gone',
      },
    });
  });
});

/** The entry of the note, which names the picture. */
async function pictureIn(world: Awaited<ReturnType<typeof playIncident>>): Promise<number> {
  const entries = timelineEntries((await load(world.app, world.id)).events);
  const note = entries.find(({ kind }) => kind === 'note');
  expect(note?.evidence).toMatchObject({ files: [{ name: 'graph.png' }] });
  return note?.seq ?? 0;
}

describe('a picture of a noted message', () => {
  it('is copied, and the copy goes when the note is taken out of the record', async () => {
    const world = await playIncident();
    const { useCases, origin, app } = world;
    await useCases.noteMessage({ by: ben, origin, message, ask: false });
    await world.until(minutes(1));
    const seq = await pictureIn(world);
    const { events } = await load(app, world.id);
    const kept = events.map(({ event }) => event).find((event) => event.type === 'PictureKept');
    const copy = kept?.type === 'PictureKept' ? (kept.copy ?? '') : '';
    expect(await app.store.mark('picture', copy)).toEqual({
      type: 'image/png',
      data: Buffer.from('https://chat.example/pri/1').toString('base64'),
    });
    await useCases.redactEntry({ by: ben, id: world.id, entry: seq });
    expect(await app.store.mark('picture', copy)).toBeNull();
  });

  it('that chat has no more is no reason to do without the note', async () => {
    const world = await playIncident({ closed: ['https://chat.example/pri/1'] });
    const { useCases, origin } = world;
    await useCases.noteMessage({ by: ben, origin, message, ask: false });
    await world.until(minutes(1));
    await pictureIn(world);
    expect((await world.incident()).pictures).toEqual([]);
  });
});

describe('two incidents that are one', () => {
  it('go on as one: notes, alerts and people are found there, and each names the other', async () => {
    const world = await playIncident();
    const { useCases } = world;
    const other = await world.declare('Payments fail', ben);
    const there = { channel: other.channel, message: null };
    await useCases.note({ by: ben, origin: there, text: 'gateway B, too' });
    await useCases.noteMessage({ by: ben, origin: there, message, ask: false });

    const form = await useCases.mergeIncident({ by: ben, origin: there, into: null });
    expect(form).toMatchObject({ form: { fields: [{ options: [{ value: world.id }] }] } });
    await useCases.mergeIncident({ by: ben, origin: there, into: world.id });
    await world.until(minutes(1));

    const entries = timelineEntries((await load(world.app, world.id)).events);
    expect(entries.filter(({ kind }) => kind === 'note')).toMatchObject([
      { actor: { id: 'U0BEN' }, text: 'gateway B, too' },
      { text: message.text, at: message.at, evidence: { permalink: message.permalink, files } },
    ]);
    const cards = (channel: string) =>
      world
        .of('incident-card')
        .filter(({ to }) => to === channel)
        .at(-1)?.message;
    expect(cards(other.channel)).toMatchObject({
      status: 'merged',
      related: [{ text: 'Merged into', channel: world.channel }],
    });
    expect(cards(world.channel)).toMatchObject({
      related: [
        { text: expect.stringMatching(/^«.+» was merged into this:$/), channel: other.channel },
      ],
    });
    // What is said in the old channel is not lost, and its messages are followed.
    await useCases.note({ by: ben, origin: there, text: 'late' });
    await useCases.followMessage({
      by: null,
      channel: other.channel,
      message: '7.7',
      text: 'gateway A recovers',
    });
    expect((await world.incident()).notes).toMatchObject({ '7.7': { text: 'gateway A recovers' } });
    expect(
      textIn(await useCases.setSeverity({ by: ben, origin: there, severity: 'SEV2' })),
    ).toContain(`was merged into ${world.id}: go to #`);
  });

  it('stay two where one is private and the other is not', async () => {
    const world = await playIncident();
    const secret = await world.useCases.declareIncident({
      by: ben,
      origin: { channel: null, message: null },
      values: { title: 'Keys leaked', severity: 'SEV1', private: true },
    });
    await world.until(minutes(1));
    const id = secret.kind === 'done' ? (secret.incident ?? '') : '';
    const channel = (await world.stream(id)).incident?.channel?.id ?? '';
    const { useCases, origin } = world;
    const merge = { by: ben, origin: { channel, message: null }, into: world.id };
    expect(await useCases.mergeIncident(merge)).toMatchObject({ code: 'incident.private' });
    expect(await useCases.mergeIncident({ by: ana, origin, into: id })).toMatchObject({
      code: 'incident.private',
    });
  });
});
