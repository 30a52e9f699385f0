import { Hono } from 'hono';
import pLimit from 'p-limit';
import { z } from 'zod';

import type { AlertState } from './alerts/alert-rule.ts';
import type { AlertTarget } from './alerts/post-webhook.ts';
import type { Traffic } from './checkout/traffic.ts';
import { BUILDS, shipmentOf, type EnvironmentName } from './deploys/builds.ts';
import type { Settings } from './deploys/deployment.ts';
import type { Environment } from './deploys/environment.ts';
import { RollbackFaults } from './deploys/rollback-faults.ts';
import { FlagFault } from './flags/flag-app.ts';
import type { Gateway } from './gateways/gateway.ts';
import { readBody } from './net/read-body.ts';
import type { NodeApp } from './net/serve-app.ts';

/** `gap`: nothing is scraped. `down`: Prometheus answers 503. */
export const MetricsFault = z.enum(['none', 'gap', 'down']);
export type MetricsFault = z.infer<typeof MetricsFault>;

export type Switches = {
  rollbacks: RollbackFaults;
  metrics: MetricsFault;
  flags: FlagFault;
  alertTarget: AlertTarget | null;
};

const GatewayFaults = z.strictObject({
  down: z.boolean().optional(),
  delayMs: z.int().min(0).max(60_000).optional(),
  certificate: z.enum(['valid', 'expired']).optional(),
});

const Faults = z.strictObject({
  gateways: z.record(z.string(), GatewayFaults).default({}),
  rollbacks: RollbackFaults.partial().default({}),
  metrics: MetricsFault.optional(),
  flags: FlagFault.optional(),
});

const Deploy = z.strictObject({
  environment: z.enum(['production', 'staging']),
  build: z.string().min(1),
  /** Settings that differ from what the build ships; null leaves one out. */
  settings: z.record(z.string(), z.string().nullable()).default({}),
});

/**
 * The strings behind the stage, for scenarios and tests.
 *
 * - `GET /state`: everything that can be set, and what came of it. `GET /orders`: `{ok, failed}`.
 * - `GET /rollbacks`: every rollback of production that was started, oldest first.
 * - `POST /deploys` `{environment, build, settings?}`: 202 with the deployment; it happens in stages.
 *   409 while another change is under way, 423 while deploys are frozen.
 * - `PATCH /faults` `{gateways?: {name: …}, rollbacks?, metrics?, flags?}`: what is left out stays.
 * - `PUT /traffic` `{perSecond}` · `PUT /alerts` `{url, token}` or null.
 */
export function createControlApp(deps: {
  gateways: readonly Gateway[];
  environments: Readonly<Record<EnvironmentName, Environment>>;
  traffic: Traffic;
  switches: Switches;
  orders: () => { ok: number; failed: number };
  alert: () => AlertState;
}): NodeApp {
  const app: NodeApp = new Hono();
  const oneAtATime = pLimit(1);
  const { switches } = deps;

  function state() {
    return {
      orders: deps.orders(),
      perSecond: deps.traffic.perSecond(),
      alert: deps.alert(),
      faults: {
        gateways: Object.fromEntries(deps.gateways.map((one) => [one.name, one.fault()])),
        rollbacks: switches.rollbacks,
        metrics: switches.metrics,
        flags: switches.flags,
      },
    };
  }

  app.get('/state', (context) => context.json(state()));
  app.get('/orders', (context) => context.json(deps.orders()));
  app.get('/rollbacks', (context) =>
    context.json({ rollbacks: deps.environments.production.rollbacks() }),
  );

  app.post('/deploys', async (context) => {
    const body = await readBody(context, Deploy);
    if (!body.ok) return context.json({ error: body.message }, 400);

    const { environment, build, settings } = body.data;
    const known = BUILDS.find((one) => one.build === build);
    if (known === undefined) return context.json({ error: `there is no build ${build}` }, 404);

    const shipment = shipmentOf(known, environment);
    const deployment = deps.environments[environment].deploy({
      ...shipment,
      settings: change(shipment.settings, settings),
    });
    if ('refused' in deployment) {
      return context.json({ error: deployment.why }, deployment.refused === 'frozen' ? 423 : 409);
    }
    return context.json(deployment, 202);
  });

  app.patch('/faults', async (context) => {
    const body = await readBody(context, Faults);
    if (!body.ok) return context.json({ error: body.message }, 400);

    const names = deps.gateways.map(({ name }) => name);
    const unknown = Object.keys(body.data.gateways).find((name) => !names.includes(name));
    if (unknown !== undefined) return context.json({ error: `no gateway ${unknown}` }, 404);

    await oneAtATime(async () => {
      switches.rollbacks = merge(switches.rollbacks, body.data.rollbacks);
      switches.metrics = body.data.metrics ?? switches.metrics;
      switches.flags = body.data.flags ?? switches.flags;
      for (const gateway of deps.gateways) {
        const fault = body.data.gateways[gateway.name];
        if (fault !== undefined) await gateway.setFault(merge(gateway.fault(), fault));
      }
    });
    return context.json(state());
  });

  app.put('/traffic', async (context) => {
    const body = await readBody(context, z.strictObject({ perSecond: z.number().min(0).max(500) }));
    if (!body.ok) return context.json({ error: body.message }, 400);
    deps.traffic.setPerSecond(body.data.perSecond);
    return context.json(state());
  });

  app.put('/alerts', async (context) => {
    const target = z.strictObject({ url: z.url(), token: z.string() }).nullable();
    const body = await readBody(context, target);
    if (!body.ok) return context.json({ error: body.message }, 400);
    switches.alertTarget = body.data;
    return context.json(state());
  });

  return app;
}

/** What is left out, or undefined, stays. */
function merge<T extends object>(whole: T, part: { [K in keyof T]?: T[K] | undefined }): T {
  const given = Object.entries(part).filter(([, value]) => value !== undefined);
  return { ...whole, ...Object.fromEntries(given) };
}

function change(settings: Settings, changes: Readonly<Record<string, string | null>>): Settings {
  const changed = { ...settings };
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete changed[key];
    else changed[key] = { value, secret: settings[key]?.secret ?? false };
  }
  return changed;
}
