import { describe, expect, it } from 'vitest';

import { executeFor } from '#app/execute.ts';
import { runbookList } from '#app/read-models/runbook-list.ts';
import { keepSchedules } from '#app/scheduled-runs.ts';
import type { Measurement } from '#ports/checks.ts';
import { permitOf } from '#test/support/permit.ts';
import { playApp } from '#test/support/played/played-app.ts';
import { documentOf, runbookOf, settings } from '#test/support/runbooks.ts';

const rate = "uses: check.metric, with: {query: up}, pass: '< 3%'";
const every5 = "triggers: [{schedule: {cron: '*/5 * * * *'}}]";
const [service] = Object.values(settings.services);
if (service === undefined) throw new Error('no service');
const inChannel = { services: { checkout: { ...service, channel: '#checkout' } } };

function monitor(steps: string, triggers = every5) {
  return documentOf(runbookOf(steps, `id: monitor\n${triggers}`));
}

async function scheduled(
  steps: string,
  more: { triggers?: string; measure?: () => Measurement } = {},
) {
  const { triggers = every5, ...given } = more;
  const documents = [monitor(steps, triggers)];
  const world = playApp({ documents, settings: inChannel, ...given });
  await keepSchedules(world.app, world.schedules);
  return world;
}

const failing = (): Measurement => ({ kind: 'measured', result: { value: 1 }, summary: '100 %' });

describe('a scheduled run', () => {
  const asks = `  - {id: a, title: A, ${rate}}
  - {id: go, title: Go, uses: manual, with: {instructions: Go}}`;

  it('does not begin while the one before is open, and the list says so', async () => {
    const world = await scheduled(asks);
    await world.until('2026-11-24T03:11:00.000Z');
    expect(await world.app.store.streams({ prefix: 'run-', limit: 9 })).toEqual(['run-1']);
    expect((await runbookList(world.app)).runbooks[0]?.attention).toEqual([
      'Not started by its schedule since 2026-11-24 03:05 UTC: run-1 is still open.',
    ]);
  });

  it('begins again when the one before is over', async () => {
    const world = await scheduled(`  - {id: a, title: A, ${rate}}`);
    await world.until('2026-11-24T03:11:00.000Z');
    expect(await world.app.store.streams({ prefix: 'run-', limit: 9 })).toHaveLength(3);
    expect((await runbookList(world.app)).runbooks[0]?.attention).toEqual([]);
  });

  it('is one for each trigger, also where they differ in their inputs alone', async () => {
    const both = ['production', 'staging'].map(
      (environment) => `{schedule: {cron: '0 * * * *'}, inputs: {environment: ${environment}}}`,
    );
    const world = await scheduled(`  - {id: a, title: A, ${rate}}`, {
      triggers: `inputs: {environment: {type: string}}\ntriggers: [${both.join(', ')}]`,
    });
    await world.until('2026-11-24T03:01:00.000Z');
    const streams = await world.app.store.streams({ prefix: 'run-', limit: 9 });
    const runs = await Promise.all(streams.map(async (id) => (await world.stream(id)).runs[id]));
    expect(new Set(runs.map((run) => run?.environment))).toEqual(
      new Set(['production', 'staging']),
    );
  });

  it('ends with its trigger', async () => {
    const world = await scheduled(`  - {id: a, title: A, ${rate}}`);
    world.use([monitor(`  - {id: a, title: A, ${rate}}`, '')]);
    await world.until('2026-11-24T04:00:00.000Z');
    expect(await world.app.store.streams({ prefix: 'run-', limit: 9 })).toEqual([]);
  });

  it('says nothing in the channel while all is well', async () => {
    const world = await scheduled(`  - {id: a, title: A, ${rate}}`);
    await world.until('2026-11-24T04:00:00.000Z');
    expect(world.posted).toEqual([]);
  });

  it('is shown when it asks somebody, and when it ends with a problem', async () => {
    const asking = await scheduled(asks);
    await asking.until('2026-11-24T03:00:00.000Z');
    expect(asking.posted.find(({ message }) => message.kind === 'run')?.to).toBe('#checkout');
    const found = await scheduled(`  - {id: a, title: A, ${rate}}`, { measure: failing });
    await found.until('2026-11-24T03:00:10.000Z');
    expect(found.posted.map(({ message }) => message.kind).toSorted()).toEqual(['evidence', 'run']);
  });
});

describe('a monitor', () => {
  const twice = `  - {id: a, title: Gateways, ${rate}, next: {pass: end}}
  - {id: again, title: Gateways again, ${rate}, next: {pass: end}}
  - {id: declare, title: Declare, uses: incident.declare, with: {title: Gateways fail, severity: SEV1}}`;

  it('declares one incident for trouble that goes on, with what it found', async () => {
    const world = await scheduled(twice, { measure: failing });
    await world.until('2026-11-24T03:21:00.000Z');
    const [id = '', ...others] = await world.app.store.streams({ prefix: 'inc-', limit: 9 });
    expect(others).toEqual([]);
    const { incident } = await world.stream(id);
    expect(incident).toMatchObject({
      title: 'Gateways fail',
      severity: 'SEV1',
      service: 'checkout',
      status: 'open',
      brought: [
        { title: 'Gateways', verdict: 'fail' },
        { title: 'Gateways again', verdict: 'fail' },
      ],
    });
    const card = world.posted.find(({ message }) => message.kind === 'incident-card')?.message;
    expect(card).toMatchObject({ finding: expect.stringContaining('Gateways:') });
    // The incident tells of it; the service's channel is not filled with the same.
    expect(world.posted.filter(({ to }) => to === '#checkout')).toEqual([]);
    const last = await world.stream('run-1');
    expect(last.runs['run-1']?.steps['declare']?.finished?.result).toEqual({ incident: id });
  });

  it('declares a new one when the one before is over', async () => {
    const world = await scheduled(twice, { measure: failing });
    await world.until('2026-11-24T03:01:00.000Z');
    const [first = ''] = await world.app.store.streams({ prefix: 'inc-', limit: 9 });
    const at = world.at();
    const actor = { kind: 'person', id: 'U1', name: 'ana' } as const;
    await executeFor(world.app, permitOf(actor), first, () => [
      { type: 'Resolve', at, actor, cause: 'Fixed', followUps: [] },
    ]);
    await world.until('2026-11-24T03:06:00.000Z');
    expect(await world.app.store.streams({ prefix: 'inc-', limit: 9 })).toHaveLength(2);
  });

  it('says why where it cannot declare', async () => {
    const world = await scheduled(twice.replace('SEV1', 'SEV9'), { measure: failing });
    await world.until('2026-11-24T03:01:00.000Z');
    const run = (await world.stream('run-1')).runs['run-1'];
    expect(run?.steps['declare']?.finished).toMatchObject({
      status: 'failed',
      finding: 'A severity is one of SEV1, SEV2.',
    });
  });
});
