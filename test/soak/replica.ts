import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { dump, load } from 'js-yaml';

import { isJsonObject } from '#domain/json.ts';
import { ana, ben, cleo } from '#practice/people.ts';
import { writeOverlay } from '#src/practice-overlay.ts';
import type { BotProcess } from '#test/support/bot-process.ts';
import { type NameServer, serveNames } from '#test/support/name-server.ts';
import type { World } from '#test/support/world.ts';

import { type FaultProxy, openFaultProxy } from './fault-proxy.ts';

export const ways = ['database', 'slack', 'deploys', 'metrics', 'gateway-a', 'gateway-b'] as const;
export type Way = (typeof ways)[number];

/** One replica of the bot: whichever process is it now, and its own ways to all that it needs. */
export type Replica = AsyncDisposable & {
  readonly ways: Readonly<Record<Way, FaultProxy>>;
  /** Knows where the deploy API and the metrics are, and nobody else does. */
  readonly names: NameServer;
  /** Empty while it does not run. */
  webUrl(): string;
  /** Whether it was asleep at some time of its life: what it had in hand may be late. */
  hasSlept(): boolean;
  /** What all its processes have said. */
  log(): string;
  /** Starts it, again and again until it runs, as a supervisor does. */
  start(): Promise<void>;
  kill(): Promise<void>;
  sleep(ms: number): Promise<void>;
};

const windows = {
  rate: '3s',
  hold: '2s',
  every: '300ms',
  giveUp: '60s',
  fastEnough: '20s',
};

const againMs = 300;
const names = { deploys: 'deploys.soak.example', metrics: 'metrics.soak.example' };

export async function createReplica(
  world: World,
  /** Told of each rollback that this replica asks the deploy API for. */
  onRollback: (key: string, replica: Replica) => void,
): Promise<Replica> {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(path.join(tmpdir(), 'handrail-replica-'));
  opened.defer(() => rm(folder, { recursive: true, force: true }));

  const { shop, workspace } = world;
  const hostOf = (name: string) => `http://${shop.hosts[name] ?? ''}`;
  const open = async (url: string, hear?: (text: string) => void) =>
    opened.use(await openFaultProxy(Number(new URL(url).port), hear));
  const proxies = {
    database: await open(world.databaseUrl),
    slack: await open(workspace.apiUrl),
    deploys: await open(shop.deployApiUrl, (text) => {
      const key = /^POST \S+\/rollbacks [^]*?^idempotency-key: *(\S+)/im.exec(text)?.[1];
      if (key !== undefined) onRollback(key, replica);
    }),
    metrics: await open(shop.prometheusUrl),
    'gateway-a': await open(hostOf('api.gateway-a.example')),
    'gateway-b': await open(hostOf('api.gateway-b.example')),
  };
  const nameServer = opened.use(
    await serveNames({ [names.deploys]: '127.0.0.1', [names.metrics]: '127.0.0.1' }),
  );
  const overlay = await writeOverlay(
    folder,
    {
      ...shop,
      deployApiUrl: origin(proxies.deploys.through(shop.deployApiUrl), names.deploys),
      prometheusUrl: origin(proxies.metrics.through(shop.prometheusUrl), names.metrics),
      hosts: {
        ...shop.hosts,
        'api.gateway-a.example': proxies['gateway-a'].address,
        'api.gateway-b.example': proxies['gateway-b'].address,
      },
    },
    windows,
  );
  await settle(overlay, nameServer);
  const environment = {
    DATABASE_URL: proxies.database.through(world.databaseUrl),
    SLACK_API_URL: proxies.slack.through(workspace.apiUrl),
    HANDRAIL_FOLDER: folder,
    HANDRAIL_OVERLAY: overlay,
    HANDRAIL_LOG_LEVEL: 'warn',
  };

  const processes: BotProcess[] = [];
  let running: BotProcess | null = null;
  let slept = false;
  const closed = new AbortController();
  const parts = opened.move();
  const replica: Replica = {
    ways: proxies,
    names: nameServer,
    webUrl: () => running?.webUrl ?? '',
    hasSlept: () => slept,
    log: () => processes.map((one) => one.output()).join('\n'),

    async start() {
      while (running === null && !closed.signal.aborted) {
        running = await world.spawnBot(environment).catch(() => null);
        if (running === null) await wait(againMs);
        else processes.push(running);
      }
      slept = false;
    },

    async kill() {
      const killed = running;
      running = null;
      await killed?.kill();
    },

    async sleep(ms) {
      const sleeper = running;
      slept = sleeper !== null;
      sleeper?.sleep();
      await wait(ms);
      sleeper?.wake();
    },

    async [Symbol.asyncDispose]() {
      closed.abort();
      await replica.kill();
      await parts.disposeAsync();
    },
  };
  return replica;
}

/** At this name, and without the slash that a URL of its own ends with. */
function origin(url: string, name: string): string {
  const named = new URL(url);
  named.hostname = name;
  return named.origin;
}

/**
 * Names are asked of the replica's own name server. So many presses on three replicas would ask Slack for its user groups more often than its rates
 * allow, and wait for that instead of for the faults.
 */
async function settle(overlay: string, { address }: NameServer): Promise<void> {
  const settings: unknown = load(await readFile(overlay, 'utf8'));
  if (!isJsonObject(settings)) throw new Error(`${overlay} has no settings`);
  const groups = {
    payments: { users: [ana, ben, cleo] },
    'payments-oncall': { users: [ana, ben] },
    'incident-commanders': { users: [cleo] },
  };
  const outbound = Object.assign({}, settings['outbound'], { nameServers: [address] });
  await writeFile(overlay, dump({ ...settings, groups, outbound }));
}
