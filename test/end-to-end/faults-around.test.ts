import { sql } from 'kysely';
import { expect, it } from 'vitest';

import { eventually } from '#test/practice/shop/eventually.ts';
import {
  button,
  buttonForMe,
  incidentChannel,
  message,
  presses,
  recommended,
  sees,
  textOf,
} from '#test/support/at-the-screen.ts';
import { alertToken, openWorld } from '#test/support/world.ts';

it.concurrent('finds a rollback whose answer was lost by its key, and does not send it again', async () => {
  await using world = await openWorld();
  await world.startBot();
  await world.breakProduction();
  await presses(world.ana, recommended(/^Roll back 1842 → 1841$/));
  await world.control('PATCH', '/faults', { rollbacks: { answer: 'lost' } });

  await presses(world.ben, buttonForMe(/^Approve rollback$/));

  await sees(world.ana, message(/Rolled back 1842 → 1841/));
  expect(await world.rollbacks()).toMatchObject([{ to: 'production-3', status: 'succeeded' }]);
});

it.concurrent('says No data where the metrics say nothing, and leads nobody to a write', async () => {
  await using world = await openWorld();
  const bot = await world.startBot();
  await world.control('PATCH', '/faults', { metrics: 'gap' });
  // Nothing is scraped any more, so the shop's own rule is silent too: the alert comes from elsewhere.
  await eventually(async () => {
    const query = encodeURIComponent('sum(rate(http_requests_total[3s]))');
    const url = `${world.shop.prometheusUrl}/api/v1/query?query=${query}`;
    return (await (await fetch(url)).text()).includes('"result":[]');
  });
  expect((await world.postAlert(bot.webUrl)).status).toBe(200);

  await sees(world.ana, message(/Is checkout failing\n⚪ No data/));
  await sees(world.ana, button(/^Keep looking$/));

  const sight = await world.ana.see();
  expect(recommended(/./)(sight)).toBeUndefined();
  expect(message(/recommended/)(sight)).toBeUndefined();
  expect(await world.rollbacks()).toEqual([]);
});

it.concurrent('does not offer the bad build in the incident after its rollback', async () => {
  await using world = await openWorld();
  const bad = await world.breakProduction();
  await world.deployApi(
    'POST',
    '/rollbacks',
    { from: bad.id, to: 'production-3', reason: 'by hand' },
    'by-hand',
  );
  await eventually(async () => (await world.running())?.build === '1841');
  await world.startBot();
  await world.control('PATCH', '/faults', {
    gateways: { 'api.gateway-b.example': { down: true } },
  });

  await sees(world.ana, button(/^Keep looking$/));

  const texts = incidentChannel(await world.ana.see())
    ?.messages.map(textOf)
    .join('\n');
  expect(texts).toMatch(/What do we do/);
  expect(texts).not.toMatch(/(→|to) \*?1842/);
});

it.concurrent('lets no secret into Slack, the database or the log, from the alert to the resolution', async () => {
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
