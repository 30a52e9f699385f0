import { expect, it } from 'vitest';

import { incidentChannel, message, sees, whisper } from '#test/support/at-the-screen.ts';
import { freePort } from '#test/support/free-port.ts';
import { serveRoundRobin } from '#test/support/round-robin.ts';
import { openWorld } from '#test/support/world.ts';

it('serves an incident over signed HTTP as it does over Socket Mode', async () => {
  await using world = await openWorld();
  const port = await freePort();
  await world.startBot({
    SLACK_APP_TOKEN: '',
    SLACK_SIGNING_SECRET: world.workspace.signingSecret,
    HANDRAIL_SLACK_PORT: String(port),
  });
  world.workspace.useRequestUrl(`http://127.0.0.1:${port}/slack/events`);
  expect(world.workspace.connections()).toBe(0);

  await world.ana.type('checkout', '/incident declare Cards are declined');
  const asked = await sees(world.ana, ({ modal }) => modal);
  expect(asked.fields.map(({ label }) => label)).toContain('Severity');
  expect(await world.ana.submit({ Severity: 'SEV2' })).toMatchObject({ ok: true });
  const channel = await sees(world.ana, incidentChannel);

  await world.ana.type(channel.name, '/incident note the gateway says that all is well');
  await sees(world.ana, whisper(/On the timeline/));

  await world.ana.type(channel.name, '/runbook start checkout-smoke');
  await sees(world.ana, ({ modal }) => modal);
  await world.ana.submit({ Mode: 'Live' });
  await sees(world.ana, message(/A test order went through/));

  await world.ana.type(channel.name, '/incident resolve');
  await sees(world.ana, ({ modal }) => modal);
  await world.ana.submit({ Cause: 'A flapping gateway', 'Follow-ups': 'Talk to the gateway' });
  await sees(world.ana, (sight) => incidentChannel(sight)?.topic.includes('resolved'));

  const [id = ''] = await world.incidents();
  const { record, stream } = await world.record(id);
  expect(stream.incident).toMatchObject({
    status: 'resolved',
    cause: 'A flapping gateway',
    followUps: ['Talk to the gateway'],
  });
  expect(record.entries.map(({ text }) => text).join('\n')).toContain('all is well');
});

it('serves an incident with two replicas behind a proxy, and with one when the other is killed', async () => {
  await using world = await openWorld();
  const ports = [await freePort(), await freePort()];
  const [first] = await Promise.all(
    ports.map((port) =>
      world.spawnBot({
        SLACK_APP_TOKEN: '',
        SLACK_SIGNING_SECRET: world.workspace.signingSecret,
        HANDRAIL_SLACK_PORT: String(port),
      }),
    ),
  );
  await using proxy = await serveRoundRobin(ports.map((port) => `http://127.0.0.1:${port}`));
  world.workspace.useRequestUrl(`${proxy.url}/slack/events`);

  await world.ana.type('checkout', '/incident declare Cards are declined');
  await sees(world.ana, ({ modal }) => modal);
  expect(await world.ana.submit({ Severity: 'SEV2' })).toMatchObject({ ok: true });
  const { name } = await sees(world.ana, incidentChannel);
  await world.ana.type(name, '/incident note from both');
  await sees(world.ana, whisper(/On the timeline/));
  expect(Math.min(...proxy.served())).toBeGreaterThan(0);

  await first?.kill();
  expect(await world.ana.type(name, '/incident note from the other')).toMatchObject({ ok: true });
  await world.ana.type(name, '/runbook start checkout-smoke');
  await sees(world.ana, ({ modal }) => modal);
  await world.ana.submit({ Mode: 'Live' });
  await sees(world.ana, message(/A test order went through/));

  const [id = '', ...others] = await world.incidents();
  expect(others).toEqual([]);
  const notes = (await world.record(id)).events.flatMap(({ event }) =>
    event.type === 'NoteAdded' ? [event.texts['note']] : [],
  );
  expect(notes).toEqual(['from both', 'from the other']);
});
