import { createServer } from 'node:net';

import { expect, it } from 'vitest';

import { eventually } from '#test/practice/shop/eventually.ts';
import { openWorld } from '#test/support/world.ts';

it('starts when only the database answers, and takes alerts', async () => {
  await using world = await openWorld();
  await using silence = await blackHole();

  const bot = await world.spawnBot({ SLACK_API_URL: `http://127.0.0.1:${silence.port}/api/` });

  expect(bot.output()).toContain('Slack does not answer');
  expect((await fetch(`${bot.webUrl}/readyz`)).status).toBe(200);
  expect((await world.postAlert(bot.webUrl)).status).toBe(200);
  const [id = ''] = await eventually(async () => {
    const found = await world.incidents();
    return found.length > 0 ? found : null;
  });
  const { record } = await world.record(id);
  expect(record.incident?.status).toBe('open');
});

/** Takes connections and never answers. */
async function blackHole() {
  const server = createServer(() => {}).listen(0, '127.0.0.1');
  await new Promise((resolve) => {
    server.once('listening', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('server has no port');
  return {
    port: address.port,
    async [Symbol.asyncDispose]() {
      server.close();
    },
  };
}
