import { sql } from 'kysely';
import { expect, it } from 'vitest';

import {
  buttonForMe,
  incidentChannel,
  presses,
  recommended,
  sees,
} from '#test/support/at-the-screen.ts';
import { alertToken, openWorld } from '#test/support/world.ts';

it('lets no secret into Slack, the database or the log, from the alert to the resolution', async () => {
  await using world = await openWorld();
  const bot = await world.spawnBot({ HANDRAIL_LOG_LEVEL: 'debug' });
  await world.control('PATCH', '/faults', { rollbacks: { answer: 'lost' } });
  await world.breakProduction();
  await presses(world.ana, recommended(/^Roll back 1842 → 1841$/));
  await presses(world.ben, buttonForMe(/^Approve rollback$/));
  await presses(world.ana, recommended(/^Resolve$/));
  await sees(world.ana, (sight) => incidentChannel(sight)?.topic.includes('resolved'));

  const people = [world.ana, world.ben, world.cleo, world.dan];
  const tables = ['events', 'event_texts', 'marks', 'inbox', 'graphile_worker._private_jobs'];
  const rows = tables.map((table) => sql`select * from ${sql.table(table)}`.execute(world.db));
  const sinks = {
    slack: JSON.stringify(await Promise.all(people.map((person) => person.see()))),
    database: JSON.stringify((await Promise.all(rows)).map((result) => result.rows)),
    log: bot.output(),
  };
  // The canaries would be found: these are the places where things are.
  expect(sinks.slack).toContain('PAYMENT_GATEWAY_URL');
  expect(sinks.database).toContain('PAYMENT_GATEWAY_URL');
  expect(sinks.log).toContain('the answer to a write was lost');

  const secrets = {
    deployToken: world.shop.deployToken,
    botToken: world.workspace.botToken,
    appToken: world.workspace.appToken,
    alertToken,
    apiKeyOfProduction: 'gw_live_7c1e90d2',
    apiKeyOfStaging: 'gw_test_55ab02f7',
  };
  for (const [sink, text] of Object.entries(sinks)) {
    for (const [name, secret] of Object.entries(secrets)) {
      for (const spelling of [secret, btoa(secret), encodeURIComponent(secret)]) {
        expect(text.includes(spelling), `${name} in ${sink}`).toBe(false);
      }
    }
  }
});
