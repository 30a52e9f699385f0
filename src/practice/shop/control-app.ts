import { Hono } from 'hono';
import { z } from 'zod';

import type { AlertState } from './alerts/alert-rule.ts';
import type { Checkout } from './checkout/checkout.ts';
import type { Traffic } from './checkout/traffic.ts';
import { BUILDS, shipmentOf, type EnvironmentName } from './deploys/builds.ts';
import type { Settings } from './deploys/deployment.ts';
import type { Environment } from './deploys/environment.ts';
import { createFaultApp } from './faults/fault-app.ts';
import type { Fault } from './faults/fault.ts';
import type { Switches } from './faults/switches.ts';
import type { FlagStore } from './flags/flag-store.ts';
import type { Gateway } from './gateways/gateway.ts';
import { readBody } from './net/read-body.ts';
import type { NodeApp } from './net/serve-app.ts';

const Deploy = z.strictObject({
  environment: z.enum(['production', 'staging']),
  build: z.string().min(1),
  /** Settings that differ from what the build ships; null leaves one out. */
  settings: z.record(z.string(), z.string().nullable()).default({}),
});

/**
 * The strings behind the stage, for scenarios, the practice page and tests.
 *
 * - `GET /state`: how it is. `orders` since it began, `lately` how customers fared over ten seconds
 *   (seen from behind the counter: a gap in the metrics does not hide it), `deployments` by
 *   environment, newest first, `alerts` by name, `flags` of production, `switches`.
 * - `GET /orders`: `{ok, failed}`. `GET /rollbacks`: every rollback of production, oldest first.
 * - `POST /deploys` `{environment, build, settings?}`: 202 with the deployment; it happens in stages.
 *   409 while another change is under way, 423 while deploys are frozen.
 * - `PUT /traffic` `{perSecond}` · `PUT /alerts` `{url, token}` or null.
 * - `/faults` and `/reset`: see `faults/fault-app.ts`.
 */
export function createControlApp(deps: {
  gateways: readonly Gateway[];
  environments: Readonly<Record<EnvironmentName, Environment>>;
  flags: Readonly<Record<EnvironmentName, FlagStore>>;
  faults: readonly Fault[];
  traffic: Traffic;
  switches: Switches;
  now: () => Date;
  /** Of production. */
  checkout: Checkout;
  alerts: () => Readonly<Record<string, AlertState>>;
}): NodeApp {
  const app: NodeApp = new Hono();
  const { checkout, environments, flags, switches } = deps;

  function state() {
    const { rollbacks, metrics, flags: flagFault } = switches;
    return {
      orders: checkout.orders(),
      lately: checkout.lately(),
      perSecond: deps.traffic.perSecond(),
      deployments: {
        production: environments.production.list(10),
        staging: environments.staging.list(10),
      },
      flags: flags.production.all(),
      alerts: deps.alerts(),
      switches: {
        gateways: Object.fromEntries(deps.gateways.map((one) => [one.name, one.fault()])),
        rollbacks,
        metrics,
        flags: flagFault,
      },
    };
  }

  app.get('/state', (context) => context.json(state()));
  app.get('/orders', (context) => context.json(checkout.orders()));
  app.get('/rollbacks', (context) =>
    context.json({ rollbacks: environments.production.rollbacks() }),
  );

  app.post('/deploys', async (context) => {
    const body = await readBody(context, Deploy);
    if (!body.ok) return context.json({ error: body.message }, 400);

    const { environment, build, settings } = body.data;
    const known = BUILDS.find((one) => one.build === build);
    if (known === undefined) return context.json({ error: `there is no build ${build}` }, 404);

    const shipment = shipmentOf(known, environment);
    const deployment = environments[environment].deploy({
      ...shipment,
      settings: change(shipment.settings, settings),
    });
    if ('refused' in deployment) {
      return context.json({ error: deployment.why }, deployment.refused === 'frozen' ? 423 : 409);
    }
    return context.json(deployment, 202);
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

  const parts = [...Object.values(environments), ...Object.values(flags), deps.traffic];
  app.route('/', createFaultApp({ ...deps, parts }));

  return app;
}

function change(settings: Settings, changes: Readonly<Record<string, string | null>>): Settings {
  const changed = { ...settings };
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete changed[key];
    else changed[key] = { value, secret: settings[key]?.secret ?? false };
  }
  return changed;
}
