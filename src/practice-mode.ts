import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';

import { practiceDatabase } from '#adapters/store/embedded-database.ts';
import { workplace } from '#practice/people.ts';
import { createShop, type Shop } from '#practice/shop/shop.ts';
import { createSlackWorkspace, type SlackWorkspace } from '#practice/slack/workspace.ts';
import { startBot } from '#src/compose.ts';
import type { Config } from '#src/config.ts';

import { practiceFiles } from './practice-files.ts';
import { practiceWindows, tokensOf, writeOverlay, type Windows } from './practice-overlay.ts';

export type Practice = {
  pageUrl: string;
  webUrl: string;
  shop: Shop;
  workspace: SlackWorkspace;
  databaseUrl: string;
  close(): Promise<void>;
};

/**
 * The whole product on this machine, with no account anywhere: a practice Slack workspace, a small
 * checkout platform that really breaks, and the bot between them. Its database is emptied first.
 */
export async function startPractice(
  config: Config,
  { windows = practiceWindows, seed }: { windows?: Windows; seed?: number | undefined } = {},
): Promise<Practice> {
  await using opened = new AsyncDisposableStack();
  await mkdir(config.folder, { recursive: true });
  const database =
    config.databaseUrl === null
      ? await practiceDatabase(config.folder)
      : { url: config.databaseUrl };
  if ('close' in database) opened.defer(() => database.close());

  const alertToken = randomBytes(24).toString('hex');
  const shop = await createShop(seed === undefined ? {} : { seed });
  opened.defer(() => shop.close());
  const workspace = await createSlackWorkspace({
    ...workplace,
    shop,
    port: portFrom(config.env),
  });
  opened.defer(() => workspace.close());

  // That this file is there says that practice runs.
  opened.defer(() => rm(practiceFiles(config.folder).env, { force: true }));
  const bot = await startBot({
    ...config,
    databaseUrl: database.url,
    overlay: await writeOverlay(config.folder, shop, windows),
    slack: {
      botToken: workspace.botToken,
      connection: { mode: 'socket', appToken: workspace.appToken },
      apiUrl: workspace.apiUrl,
    },
    alertmanagerTokens: [alertToken],
    env: { ...config.env, ...tokensOf(shop) },
  });
  opened.defer(() => bot.close());
  await tellAlertsTo(shop, { url: `${bot.webUrl}/webhooks/alertmanager`, token: alertToken });

  const parts = opened.move();
  return {
    pageUrl: workspace.pageUrl,
    webUrl: bot.webUrl,
    shop,
    workspace,
    databaseUrl: database.url,
    close: () => parts.disposeAsync(),
  };
}

async function tellAlertsTo(shop: Shop, target: { url: string; token: string }): Promise<void> {
  const response = await fetch(new URL('/alerts', shop.controlUrl), {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(target),
    signal: AbortSignal.timeout(5_000),
  });
  if (!response.ok) throw new Error(`the practice shop answered ${response.status}`);
}

function portFrom(env: Config['env']): number {
  return Number(env['HANDRAIL_PRACTICE_PORT'] ?? 0) || 0;
}
