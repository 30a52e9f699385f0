import { describe, expect, it } from 'vitest';

import { loadProof } from '#app/keep-proof.ts';
import { keepSchedules } from '#app/scheduled-runs.ts';
import { sendDigests } from '#app/send-digests.ts';
import type { DigestMessage } from '#ports/chat-messages.ts';
import { playApp } from '#test/support/played/played-app.ts';
import { documentOf, runbookOf, settings } from '#test/support/runbooks.ts';

const rate = "uses: check.metric, with: {query: up}, pass: '< 3%'";
const checks = `  - {id: a, title: Is it failing, ${rate}, next: {pass: end}}
  - {id: b, title: Are gateways healthy, uses: check.http, with: {url: 'https://a.example'}}`;
const proof = { cron: '0 3 * * *', timezone: 'UTC' };
const [service] = Object.values(settings.services);
if (service === undefined) throw new Error('no service');
const inChannel = { proof, services: { checkout: { ...service, channel: '#checkout' } } };

function runbook(id: string, head = '', steps = checks) {
  return documentOf(runbookOf(steps, `id: ${id}\n${head}`));
}

type Given = Parameters<typeof playApp>[0];

async function night(given: Given) {
  const world = playApp({ settings: inChannel, ...given });
  await keepSchedules(world.app, world.schedules);
  await world.until('2026-11-24T03:30:00.000Z');
  return world;
}

const noAnswer: Given['measure'] = ({ uses }) =>
  uses === 'check.http'
    ? { kind: 'unavailable', message: 'the gate refused it', retry: false }
    : { kind: 'measured', result: { value: 0 }, summary: '0' };

function digests(world: Awaited<ReturnType<typeof night>>): DigestMessage[] {
  return world.posted.flatMap(({ message }) => (message.kind === 'digest' ? [message] : []));
}

describe('the night', () => {
  it('proves every runbook and says nothing where all is well', async () => {
    const world = await night({
      documents: ['one', 'two', 'three', 'four', 'five', 'six'].map((id) => runbook(id)),
      measure: () => ({ kind: 'measured', result: { value: 0, status: 200 }, summary: 'ok' }),
    });
    expect(world.posted).toEqual([]);
    for (const id of ['one', 'six']) {
      expect((await loadProof(world.app, id))?.proved).toMatchObject({
        how: 'dryRun',
        digest: 'd',
      });
    }
    const streams = await world.app.store.streams({ prefix: 'run-', open: false, limit: 99 });
    const runs = await Promise.all(streams.map(async (id) => (await world.stream(id)).runs[id]));
    const began = runs.map((run) => run?.startedAt.slice(11, 19));
    // A few at a time: an incident of this minute must not wait behind the night.
    expect(began.toReversed()).toEqual([
      ...Array.from({ length: 4 }, () => '03:00:00'),
      ...Array.from({ length: 2 }, () => '03:00:05'),
    ]);
  });

  it('tells the owner once about all that had no data, in the channel of their service', async () => {
    const world = await night({ documents: [runbook('one'), runbook('two')], measure: noAnswer });
    expect(world.posted).toHaveLength(1);
    expect(world.posted[0]?.to).toBe('#checkout');
    const [digest] = digests(world);
    expect(digest).toMatchObject({ owner: 'payments' });
    expect(digest?.list.runbooks.map(({ id, attention }) => [id, attention])).toEqual([
      [
        'one',
        [
          'No data in the dry run of 2026-11-24 03:00 UTC: Are gateways healthy: the gate refused it',
        ],
      ],
      [
        'two',
        [
          'No data in the dry run of 2026-11-24 03:00 UTC: Are gateways healthy: the gate refused it',
        ],
      ],
    ]);
    expect((await loadProof(world.app, 'one'))?.proved).toBeNull();

    // A crash after the message leaves the work to be done again.
    await sendDigests(world.app, '2026-11-24T03:00');
    expect(world.posted).toHaveLength(1);
  });

  it('takes a problem that a check finds for an answer', async () => {
    const world = await night({
      documents: [runbook('one')],
      measure: () => ({
        kind: 'unreachable',
        code: 'ECONNREFUSED',
        message: 'refused',
        result: {},
      }),
    });
    expect(world.posted).toEqual([]);
    expect((await loadProof(world.app, 'one'))?.proved).not.toBeNull();
  });

  it('writes to whoever is on call where there is no channel, or it is closed to us', async () => {
    const given = { documents: [runbook('one')], measure: noAnswer };
    const members = { 'payments-oncall': ['U1', 'U2'], payments: ['U3'] };
    const none = await night({ ...given, settings: { proof }, members });
    expect(none.posted.map(({ to }) => to)).toEqual(['U1']);
    const closed = await night({ ...given, members, closed: ['#checkout', 'U1'] });
    expect(closed.posted.map(({ to }) => to)).toEqual(['U2']);
    const nobody = await night({ ...given, settings: { proof } });
    expect(nobody.logged).toContain('a digest has no place to go to');
  });

  it('tells of reviews that are due, of files that broke, and of runs that could not begin', async () => {
    const world = await night({
      documents: [
        runbook('due', 'reviewed: 2026-08-01\nreview: 90d', checks.split('\n')[0]),
        runbook('needs', 'inputs: {host: {type: string}}'),
      ],
      broken: [
        { file: 'checkout/new.yaml', lastGood: null },
        { file: 'due.yaml', lastGood: '2026-11-20T09:00:00.000Z' },
        { file: 'handrail.yaml', lastGood: '2026-11-20T09:00:00.000Z' },
      ],
    });
    const [digest] = digests(world);
    expect(digest?.list.runbooks.map(({ attention }) => attention)).toEqual([
      [
        'Broken, so the version read at 2026-11-20 09:00 UTC is in use: due.yaml',
        'Its review has been due since 2026-10-30.',
      ],
      ['No dry run last night: host: is required.'],
    ]);
    expect(digest?.list.files).toEqual([
      { owner: 'payments', text: 'Broken, and no earlier version is in use: checkout/new.yaml' },
      {
        owner: null,
        text: 'Broken, so the version read at 2026-11-20 09:00 UTC is in use: handrail.yaml',
      },
    ]);
  });

  it('stops what does not end, and goes on', async () => {
    const slow = runbook(
      'slow',
      '',
      `  - {id: a, title: A, ${rate}, retry: {attempts: 9, backoff: 20m}}`,
    );
    const world = await night({
      documents: [slow, runbook('one')],
      measure: ({ uses }) =>
        uses === 'check.http'
          ? { kind: 'measured', result: { status: 200 }, summary: 'ok' }
          : { kind: 'unavailable', message: 'busy', retry: true },
    });
    const [digest] = digests(world);
    const stopped = digest?.list.runbooks.find(({ id }) => id === 'slow');
    expect(stopped?.attention).toEqual([
      'No dry run last night: The dry run took more than ten minutes.',
    ]);
    expect(await world.app.store.streams({ prefix: 'run-', open: true, limit: 9 })).toEqual([]);
  });

  it('books the next one, and does not come when the settings have it no more', async () => {
    const documents = [runbook('one')];
    const world = await night({ documents, measure: noAnswer });
    await world.until('2026-11-26T04:00:00.000Z');
    expect(digests(world)).toHaveLength(3);
    expect((await night({ documents, measure: noAnswer, settings: {} })).posted).toEqual([]);
  });
});
