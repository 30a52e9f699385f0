import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { z } from 'zod';

import { createEventStore } from '#adapters/store/event-store.ts';
import { load } from '#app/load.ts';
import { readRecord } from '#domain/timeline/incident-record.ts';
import { ana, ben, cleo, dan, workplace } from '#practice/people.ts';
import { createShop, type ShopOptions } from '#practice/shop/shop.ts';
import type { SlackWorkspaceOptions } from '#practice/slack/options.ts';
import { createPerson } from '#practice/slack/person.ts';
import { createSlackWorkspace } from '#practice/slack/workspace.ts';
import { startBot } from '#src/compose.ts';
import { readConfig } from '#src/config.ts';
import { writeOverlay } from '#src/practice-overlay.ts';
import { call } from '#test/practice/shop/call.ts';
import { eventually } from '#test/practice/shop/eventually.ts';

import { alertBody } from './alert-body.ts';
import { spawnBot } from './bot-process.ts';
import { type TestDatabase, withDatabase } from './database.ts';
import { spawnTerminal } from './terminal-process.ts';

export const alertToken = 'token-of-alerts-0f9d3c';

const production = '/v1/services/checkout/environments/production';

/** Everything that practice shortens, shorter still. */
export const windows = { rate: '3s', hold: '1s', every: '200ms', giveUp: '60s', fastEnough: '20s' };

const Rollback = z.object({
  key: z.string(),
  from: z.string(),
  to: z.string(),
  status: z.string(),
});
const Rollbacks = z.object({ rollbacks: z.array(Rollback) });
const Orders = z.object({ ok: z.number(), failed: z.number() });
const Deployments = z.object({
  deployments: z.array(z.object({ id: z.string(), build: z.string(), status: z.string() })),
});

/**
 * A shop, a practice Slack and a database of their own, with customers already buying; the bot is
 * started by the test, in this process or as one that can be killed. All is gone at the scope's end.
 */
export async function openWorld(
  options: {
    shop?: ShopOptions;
    slack?: SlackWorkspaceOptions;
    windows?: Parameters<typeof writeOverlay>[2];
    /** On another server than the one that tests share. */
    database?: TestDatabase;
  } = {},
) {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(path.join(tmpdir(), 'handrail-world-'));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  const database = opened.use(options.database ?? (await withDatabase()));
  const store = createEventStore(database.database.db);
  const shop = opened.use(
    await createShop({
      ordersPerSecond: 30,
      scrapeMs: 100,
      stageMs: { deploy: 10, rollback: 100 },
      alert: { window: '2s', forMs: 200, repeatMs: 60_000, retryMs: 200 },
      // On a busy machine orders are slow with no fault of the shop.
      withoutAlerts: ['CheckoutLatencyHigh'],
      ...options.shop,
    }),
  );
  const workspace = opened.use(
    await createSlackWorkspace({ ...workplace, ...options.slack, shop }),
  );
  const environment = {
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_APP_TOKEN: workspace.appToken,
    SLACK_API_URL: workspace.apiUrl,
    DATABASE_URL: database.url,
    HANDRAIL_FOLDER: folder,
    HANDRAIL_OVERLAY: await writeOverlay(folder, shop, options.windows ?? windows),
    HANDRAIL_PORT: '0',
    HANDRAIL_ALERTMANAGER_TOKEN: alertToken,
    HANDRAIL_LOG_LEVEL: 'silent',
    PRACTICE_DEPLOY_TOKEN: shop.deployToken,
    PRACTICE_FLAGS_TOKEN: shop.flagsToken,
    PRACTICE_SETTINGS_TOKEN: shop.settingsToken,
  };

  const control = (method: string, place: string, body?: unknown) =>
    call(method, `${shop.controlUrl}${place}`, { body });
  const deployApi = (method: string, place: string, body?: unknown, key?: string) =>
    call(method, `${shop.deployApiUrl}${production}${place}`, {
      body,
      headers: {
        authorization: `Bearer ${shop.deployToken}`,
        ...(key !== undefined && { 'idempotency-key': key }),
      },
    });
  const deployments = async () =>
    Deployments.parse((await deployApi('GET', '/deployments')).body).deployments;
  const running = async () => (await deployments()).find(({ status }) => status === 'succeeded');
  const alertsTo = (webUrl: string) =>
    control('PUT', '/alerts', { url: `${webUrl}/webhooks/alertmanager`, token: alertToken });

  await eventually(async () => Orders.parse((await control('GET', '/orders')).body).ok >= 20, {
    withinMs: 60_000,
  });
  const parts = opened.move();

  return {
    shop,
    workspace,
    store,
    db: database.database.db,
    databaseUrl: database.url,
    ana: createPerson({ url: workspace.pageUrl, user: ana }),
    ben: createPerson({ url: workspace.pageUrl, user: ben }),
    cleo: createPerson({ url: workspace.pageUrl, user: cleo }),
    dan: createPerson({ url: workspace.pageUrl, user: dan }),
    control,
    deployApi,
    postAlert: (webUrl: string, more: Parameters<typeof alertBody>[0] = {}) =>
      call('POST', `${webUrl}/webhooks/alertmanager`, {
        body: alertBody(more),
        headers: { authorization: `Bearer ${alertToken}` },
      }),
    running,

    /** In this process. `more` goes over the environment: an empty text unsets. */
    async startBot(more: Readonly<Record<string, string>> = {}) {
      const read = readConfig({ ...environment, ...more });
      if ('problems' in read) throw new Error(read.problems.join('\n'));
      const bot = await startBot(read.config);
      parts.defer(() => bot.close());
      await alertsTo(bot.webUrl);
      return bot;
    },

    /** A process of its own, as people start it. */
    async spawnBot(more: Readonly<Record<string, string>> = {}) {
      const bot = await spawnBot({ ...environment, ...more });
      parts.defer(() => bot.kill());
      await alertsTo(bot.webUrl);
      return bot;
    },

    /** `handrail` at somebody's own terminal, which knows the database and nothing of Slack. */
    terminal(token: string, ...args: readonly string[]) {
      const { SLACK_BOT_TOKEN: _bot, SLACK_APP_TOKEN: _app, ...known } = environment;
      const process = spawnTerminal(args, { ...known, HANDRAIL_TOKEN: token });
      parts.defer(async () => {
        await process.interrupt();
      });
      return process;
    },

    /** Ships the build with the wrong gateway addresses, and waits until it runs. */
    async breakProduction() {
      await control('POST', '/deploys', { environment: 'production', build: '1842' });
      return eventually(async () => {
        const newest = await running();
        return newest?.build === '1842' ? newest : null;
      });
    },

    async rollbacks() {
      return Rollbacks.parse((await control('GET', '/rollbacks')).body).rollbacks;
    },

    /** Newest first. */
    incidents: () => store.streams({ prefix: 'inc-', limit: 10 }),

    async record(id: string) {
      const { events, stream } = await load({ store }, id);
      return { events, stream, record: readRecord(id, events) };
    },

    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;
