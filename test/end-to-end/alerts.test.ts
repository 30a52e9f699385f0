import { expect, it } from 'vitest';

import { call } from '#test/practice/shop/call.ts';
import { alertBody } from '#test/support/alert-body.ts';
import {
  button,
  findAnywhere,
  incidentChannel,
  message,
  presses,
  sees,
} from '#test/support/at-the-screen.ts';
import { alertToken, openWorld } from '#test/support/world.ts';

it('records a notification once, and declares once for a group that is posted twice at a moment', async () => {
  await using world = await openWorld();
  const { webUrl } = await world.startBot();
  const startsAt = new Date().toISOString();

  const answers = await Promise.all([
    world.postAlert(webUrl, { startsAt }),
    world.postAlert(webUrl, { startsAt }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  const incidents = await world.incidents();
  expect(incidents).toHaveLength(1);
  const [id = ''] = incidents;
  await sees(world.ana, button(/^Take command$/));
  await presses(world.ana, button(/^Take command$/));
  await sees(world.ana, message(/Commander: .*ana/));
  const alertsBefore = await alertsOf(id);

  expect((await world.postAlert(webUrl, { startsAt })).status).toBe(200);

  expect(await alertsOf(id)).toEqual(alertsBefore);
  expect(await world.incidents()).toEqual(incidents);
  expect(alertsBefore).toHaveLength(1);

  async function alertsOf(incident: string) {
    const { events } = await world.record(incident);
    return events.filter(({ event }) => event.type === 'AlertChanged').map(({ hash }) => hash);
  }
});

it('takes nothing with a wrong token or a body that it cannot read', async () => {
  await using world = await openWorld();
  const { webUrl } = await world.startBot();
  const url = `${webUrl}/webhooks/alertmanager`;

  const wrongToken = await call('POST', url, {
    body: alertBody(),
    headers: { authorization: 'Bearer wrong' },
  });
  const garbage = await call('POST', url, {
    body: 'garbage',
    headers: { authorization: `Bearer ${alertToken}` },
  });

  expect(wrongToken.status).toBe(401);
  expect(garbage.status).toBe(400);
  expect(await world.incidents()).toEqual([]);
});

it('only suggests where the settings say so, and declares when a person takes it', async () => {
  await using world = await openWorld({ declare: 'suggest' });
  const { webUrl } = await world.startBot();

  expect((await world.postAlert(webUrl)).status).toBe(200);
  await sees(world.ana, message(/Possible incident/));
  expect(incidentChannel(await world.ana.see())).toBeUndefined();
  await presses(world.ana, findAnywhere(/^Declare$/));

  await sees(world.ana, button(/^Take command$/));
  await sees(world.ana, message(/Declared by @ana/));
  const [id = ''] = await world.incidents();
  expect((await world.record(id)).stream.incident).toMatchObject({
    status: 'open',
    declaredBy: { name: 'ana' },
  });
});
