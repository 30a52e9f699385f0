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
import { openWorld } from '#test/support/world.ts';

it('finds a rollback whose answer was lost by its key, and does not send it again', async () => {
  await using world = await openWorld();
  await world.startBot();
  await world.breakProduction();
  await presses(world.ana, recommended(/^Roll back 1842 → 1841$/));
  await world.control('PATCH', '/faults', { rollbacks: { answer: 'lost' } });

  await presses(world.ben, buttonForMe(/^Approve rollback$/));

  await sees(world.ana, message(/Rolled back 1842 → 1841/));
  expect(await world.rollbacks()).toMatchObject([{ to: 'production-3', status: 'succeeded' }]);
});

it('says No data where the metrics say nothing, and leads nobody to a write', async () => {
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

  await sees(world.ana, message(/Is checkout failing\* · No data/));
  await sees(world.ana, button(/^Keep looking$/));

  const sight = await world.ana.see();
  expect(recommended(/./)(sight)).toBeUndefined();
  expect(message(/recommended/)(sight)).toBeUndefined();
  expect(await world.rollbacks()).toEqual([]);
});

it('does not offer the bad build in the incident after its rollback', async () => {
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
    gateways: { 'api.gateway-a.example': { down: true }, 'api.gateway-b.example': { down: true } },
  });

  await sees(world.ana, button(/^Keep looking$/));

  const texts = incidentChannel(await world.ana.see())
    ?.messages.map(textOf)
    .join('\n');
  expect(texts).toMatch(/What do we do/);
  expect(texts).not.toMatch(/(→|to) \*?1842/);
});
