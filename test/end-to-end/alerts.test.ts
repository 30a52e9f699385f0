import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { call } from '#test/practice/shop/call.ts';
import { eventually } from '#test/practice/shop/eventually.ts';
import { incidentChannel, message, presses, sees } from '#test/support/at-the-screen.ts';
import { alertToken, openWorld } from '#test/support/world.ts';

describe('the alert webhook', () => {
  it('declares once for a group, whatever is posted at one moment or again', async () => {
    await using world = await openWorld();
    const { webUrl } = await world.startBot();
    const startsAt = new Date().toISOString();
    const notification = { group: 'one', startsAt };

    const answers = await Promise.all(
      Array.from({ length: 8 }, () => world.postAlert(webUrl, notification)),
    );

    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    const [id = '', ...others] = await world.incidents();
    expect(others).toEqual([]);
    const { events, stream } = await world.record(id);
    const of = (type: string) => events.filter(({ event }) => event.type === type);
    expect(of('IncidentDeclared')).toHaveLength(1);
    expect(of('AlertChanged')).toHaveLength(1);
    expect(Object.values(stream.runs).filter(({ parent }) => parent === null)).toHaveLength(1);
  });

  it('says on the card that an alert has resolved, and leaves the incident open', async () => {
    await using world = await openWorld();
    const { webUrl } = await world.startBot();
    await world.postAlert(webUrl, { group: 'two' });
    await sees(world.ana, incidentChannel);

    await world.postAlert(webUrl, { group: 'two', status: 'resolved' });

    await sees(world.ana, message(/The alert has resolved\. Is the incident over\?/));
    const [id = ''] = await world.incidents();
    expect((await world.record(id)).stream.incident?.status).toBe('open');
  });

  it('takes what a real Alertmanager sends, and records nothing that no policy names', async () => {
    await using world = await openWorld();
    const { webUrl } = await world.startBot();
    const file = 'test/fixtures/alertmanager/0.28-group-firing.json';
    const body: unknown = JSON.parse(await readFile(file, 'utf8'));
    const send = (headers: Record<string, string>, sent: unknown = body) =>
      call('POST', `${webUrl}/webhooks/alertmanager`, { body: sent, headers });
    const good = { authorization: `Bearer ${alertToken}` };

    expect((await send({})).status).toBe(401);
    expect((await send({ authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await send(good, { version: '4' })).status).toBe(400);
    expect((await send(good)).status).toBe(200);

    expect(await eventually(async () => (await world.incidents()).length === 0)).toBe(true);
  });

  it('only suggests where the settings say so, and a person declares', async () => {
    await using world = await openWorld();
    await using folder = await suggestingRunbooks();
    const { webUrl } = await world.startBot({ HANDRAIL_RUNBOOKS: folder.path });

    await world.postAlert(webUrl, { group: 'three' });
    const found = await sees(world.dan, message(/Is checkout failing/));
    expect((await world.dan.see()).channels.find(({ id }) => id === found.channel)?.name).toBe(
      'checkout',
    );
    expect(incidentChannel(await world.dan.see())).toBeUndefined();

    await presses(world.dan, (sight) =>
      sight.channels
        .flatMap(({ messages }) => messages.flatMap(({ controls }) => controls))
        .find(({ label }) => label === 'Declare'),
    );

    await sees(world.dan, incidentChannel);
    await sees(world.dan, message(/Declared by @dan/));
  });
});

/** The shipped runbooks, with a policy that suggests. */
async function suggestingRunbooks(): Promise<AsyncDisposable & { path: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'handrail-runbooks-'));
  await cp('runbooks', folder, { recursive: true });
  const settings = path.join(folder, 'handrail.yaml');
  const text = await readFile(settings, 'utf8');
  await writeFile(settings, text.replace('declare: auto', 'declare: suggest'));
  return {
    path: folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
