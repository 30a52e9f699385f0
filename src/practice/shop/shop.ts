/**
 * The practice checkout platform: payment gateways behind TLS, a checkout service for production
 * and for staging, a deploy API, feature flags, Prometheus, alerts and customers, all on loopback.
 *
 * Nothing about an outcome is scripted: an order fails because its call to the gateway fails.
 */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:https';

import { createChance } from '#practice/chance.ts';

import type { AlertOptions } from './alerts/alerting.ts';
import { createAlerts } from './alerts/alerts.ts';
import type { AlertTarget } from './alerts/post-webhook.ts';
import { createCheckout } from './checkout/checkout.ts';
import { createTraffic } from './checkout/traffic.ts';
import { createControlApp } from './control-app.ts';
import { API_KEYS, type EnvironmentName } from './deploys/builds.ts';
import { createDeployApp } from './deploys/deploy-app.ts';
import { createEnvironment, releaseOf } from './deploys/environment.ts';
import { historyOf } from './deploys/history.ts';
import { createFaults } from './faults/faults.ts';
import { newSwitches } from './faults/switches.ts';
import { createFlagApp } from './flags/flag-app.ts';
import { createFlagStore, GATEWAY_A_OFF } from './flags/flag-store.ts';
import { createGateway } from './gateways/gateway.ts';
import { createPrometheusApp } from './metrics/prometheus-app.ts';
import { createRegistry } from './metrics/registry.ts';
import { createScraper } from './metrics/scraper.ts';
import { createSeriesStore } from './metrics/series-store.ts';
import { listen } from './net/listen.ts';
import { nodeListener, serveApp, type NodeApp } from './net/serve-app.ts';
import { createSettingsApp } from './settings/settings-app.ts';
import { createAuthority } from './tls/authority.ts';

export type ShopOptions = {
  /** Who is told about alerts; can be set later over the control API. */
  alertTarget?: AlertTarget | null;
  alert?: Partial<AlertOptions>;
  /** Alerts that nobody has set up. */
  withoutAlerts?: readonly string[];
  deployToken?: string;
  ordersPerSecond?: number;
  /** Decides which orders come. */
  seed?: number;
  instances?: number;
  /** How long each instance takes to be switched. */
  stageMs?: Partial<{ deploy: number; rollback: number }>;
  scrapeMs?: number;
  now?: () => Date;
};

export type Shop = {
  deployApiUrl: string;
  deployToken: string;
  flagsApiUrl: string;
  flagsToken: string;
  settingsToken: string;
  prometheusUrl: string;
  /** Plain HTTP; under `checkout.example.com` and `staging.checkout.example.com` there is TLS, too. */
  checkoutUrls: Readonly<Record<EnvironmentName, string>>;
  controlUrl: string;
  /** Name to `127.0.0.1:port`, for everything that has a name and TLS. */
  hosts: Readonly<Record<string, string>>;
  caPem: string;
  /** Also by `await using`. Nothing is left listening, open or waiting. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

const STAGE_MS = { deploy: 100, rollback: 1500 };
const RETENTION_MS = 3_600_000;

export async function createShop(options: ShopOptions = {}): Promise<Shop> {
  const now = options.now ?? (() => new Date());
  const startedAt = now();
  const deployToken = options.deployToken ?? randomBytes(16).toString('hex');
  const stageMs = { ...STAGE_MS, ...options.stageMs };
  const switches = newSwitches(options.alertTarget ?? null);

  await using opened = new AsyncDisposableStack();
  function closeLater<T extends { close(): Promise<void> }>(part: T): T {
    opened.defer(() => part.close());
    return part;
  }

  const authority = createAuthority(now);
  const gateways = await Promise.all(
    [
      { name: 'api.gateway-a.example', apiKeys: [API_KEYS.production.a, API_KEYS.staging.a] },
      { name: 'api.gateway-b.example', apiKeys: [API_KEYS.production.b, API_KEYS.staging.b] },
      { name: 'sandbox.gateway-a.example', apiKeys: [API_KEYS.sandbox.a] },
    ].map(async (gateway) => closeLater(await createGateway({ ...gateway, authority }))),
  );
  const gatewayHosts = Object.fromEntries(gateways.map(({ name, address }) => [name, address]));

  const registry = createRegistry();
  const store = createSeriesStore({ retentionMs: RETENTION_MS });

  /** Serves it with TLS under a name; where that is. */
  async function secured(name: string, app: NodeApp): Promise<string> {
    const server = createServer(authority.issue(name, 'valid'), nodeListener(app));
    const { port } = closeLater(await listen(server));
    return `127.0.0.1:${port}`;
  }

  async function open(name: EnvironmentName, host: string) {
    const history = historyOf(name, startedAt);
    const running = history.at(-1);
    if (running === undefined) throw new Error(`${name} has no history`);
    const flags = createFlagStore(now);

    const checkout = closeLater(
      createCheckout({
        environment: name,
        size: options.instances ?? 3,
        release: releaseOf(running),
        hosts: gatewayHosts,
        ca: authority.certPem,
        registry,
        gatewayIsOff: () => flags.isOn(GATEWAY_A_OFF),
      }),
    );
    const environment = closeLater(
      createEnvironment({
        name,
        history,
        fleet: checkout,
        stageMs,
        faults: () => switches.rollbacks,
        now,
      }),
    );
    const plain = closeLater(await serveApp(checkout.app));
    const address = await secured(host, checkout.app);
    return { checkout, environment, flags, url: plain.url, address };
  }

  const production = await open('production', 'checkout.example.com');
  const staging = await open('staging', 'staging.checkout.example.com');

  const environments = { production: production.environment, staging: staging.environment };
  const named = new Map(Object.entries(environments));

  const closing = new AbortController();
  const deploys = closeLater(
    await serveApp(
      createDeployApp({
        token: deployToken,
        environments: named,
        faults: () => switches.rollbacks,
        closing: closing.signal,
      }),
    ),
  );
  const flagsToken = randomBytes(16).toString('hex');
  const flags = closeLater(
    await serveApp(
      createFlagApp({
        token: flagsToken,
        environments: new Map([
          ['production', production.flags],
          ['staging', staging.flags],
        ]),
        fault: () => switches.flags,
      }),
    ),
  );
  const settingsToken = randomBytes(16).toString('hex');
  const settingsAddress = await secured(
    'settings.example.com',
    createSettingsApp({ token: settingsToken, environments: named }),
  );
  const prometheus = closeLater(
    await serveApp(createPrometheusApp({ store, now, down: () => switches.metrics === 'down' })),
  );
  const alerts = createAlerts({
    options: options.alert ?? {},
    without: options.withoutAlerts ?? [],
    store,
    prometheusUrl: prometheus.url,
    target: () => switches.alertTarget,
    closing: closing.signal,
  });
  const traffic = closeLater(
    createTraffic(
      production.url,
      options.ordersPerSecond ?? 20,
      createChance(options.seed ?? 1, 'orders'),
    ),
  );
  const control = closeLater(
    await serveApp(
      createControlApp({
        gateways,
        environments,
        traffic,
        switches,
        now,
        checkout: production.checkout,
        alerts: alerts.states,
        faults: createFaults({ gateways, environments, switches }),
        flags: { production: production.flags, staging: staging.flags },
      }),
    ),
  );
  closeLater(
    createScraper({
      everyMs: options.scrapeMs ?? 500,
      registry,
      store,
      gap: () => switches.metrics === 'gap',
      now,
      scraped: alerts.evaluate,
    }),
  );
  opened.defer(() => closing.abort());

  const parts = opened.move();
  return {
    deployApiUrl: deploys.url,
    deployToken,
    flagsApiUrl: flags.url,
    flagsToken,
    settingsToken,
    prometheusUrl: prometheus.url,
    checkoutUrls: { production: production.url, staging: staging.url },
    controlUrl: control.url,
    hosts: {
      ...gatewayHosts,
      'checkout.example.com': production.address,
      'staging.checkout.example.com': staging.address,
      'settings.example.com': settingsAddress,
    },
    caPem: authority.certPem,
    close: () => parts.disposeAsync(),
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}
