import { expect, it } from 'vitest';

import { incidentChannel, message, sees, whisper } from '#test/support/at-the-screen.ts';
import { freePort } from '#test/support/free-port.ts';
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
