import { Hono } from 'hono';
import pLimit from 'p-limit';
import { z } from 'zod';

import { RollbackFaults } from '#practice/shop/deploys/rollback-faults.ts';
import { FlagFault } from '#practice/shop/flags/flag-app.ts';
import { NO_GATEWAY_FAULT, type Gateway } from '#practice/shop/gateways/gateway.ts';
import { readBody } from '#practice/shop/net/read-body.ts';
import type { NodeApp } from '#practice/shop/net/serve-app.ts';

import type { Fault } from './fault.ts';
import { allWell, MetricsFault, type Switches } from './switches.ts';

const GatewayFaults = z.strictObject({
  down: z.boolean().optional(),
  delayMs: z.int().min(0).max(60_000).optional(),
  certificate: z.enum(['valid', 'expired']).optional(),
});

const Part = z.strictObject({
  gateways: z.record(z.string(), GatewayFaults).default({}),
  rollbacks: RollbackFaults.partial().default({}),
  metrics: MetricsFault.optional(),
  flags: FlagFault.optional(),
});

/**
 * What can go wrong, by name for people and in every part for tests.
 *
 * - `GET /faults` → `{faults: [{id, title, sentence, on}], brokenAt}`; `brokenAt` is when something
 *   was last broken, or null.
 * - `PUT /faults/:id` `{on}` → that fault; 404 names those that exist, 409 says why it can't be now.
 *   Switching on what is on changes nothing.
 * - `PATCH /faults` `{gateways?: {name: …}, rollbacks?, metrics?, flags?}`: what is left out stays.
 * - `POST /reset` → as `GET /faults`: everything is as practice began, deployments and flags, too.
 */
export function createFaultApp(deps: {
  faults: readonly Fault[];
  gateways: readonly Gateway[];
  switches: Switches;
  now: () => Date;
  /** Parts that begin anew with a reset. */
  parts: readonly { startAnew(): void | Promise<void> }[];
}): NodeApp {
  const app: NodeApp = new Hono();
  const oneAtATime = pLimit(1);
  const { faults, switches } = deps;
  let brokenAt: string | null = null;

  function all() {
    return { faults: faults.map(describe), brokenAt };
  }

  app.get('/faults', (context) => context.json(all()));

  app.put('/faults/:id', async (context) => {
    const id = context.req.param('id');
    const fault = faults.find((one) => one.id === id);
    if (fault === undefined) {
      const known = faults.map((one) => one.id).join(', ');
      return context.json({ error: `There is no fault ${id}. Known: ${known}.` }, 404);
    }
    const body = await readBody(context, z.strictObject({ on: z.boolean() }));
    if (!body.ok) return context.json({ error: body.message }, 400);

    const { on } = body.data;
    const refused = await oneAtATime(async () => {
      if (fault.isOn() === on) return null;
      if (on) brokenAt = deps.now().toISOString();
      return fault.set(on);
    });
    return refused === null ? context.json(describe(fault)) : context.json({ error: refused }, 409);
  });

  app.patch('/faults', async (context) => {
    const body = await readBody(context, Part);
    if (!body.ok) return context.json({ error: body.message }, 400);

    const names = deps.gateways.map(({ name }) => name);
    const unknown = Object.keys(body.data.gateways).find((name) => !names.includes(name));
    if (unknown !== undefined) return context.json({ error: `no gateway ${unknown}` }, 404);

    await oneAtATime(async () => {
      const before = unwell(deps.gateways);
      switches.rollbacks = merge(switches.rollbacks, body.data.rollbacks);
      switches.metrics = body.data.metrics ?? switches.metrics;
      switches.flags = body.data.flags ?? switches.flags;
      for (const gateway of deps.gateways) {
        const part = body.data.gateways[gateway.name];
        if (part !== undefined) await gateway.setFault(merge(gateway.fault(), part));
      }
      if (unwell(deps.gateways) > before) brokenAt = deps.now().toISOString();
    });
    return context.json(all());
  });

  app.post('/reset', async (context) => {
    await oneAtATime(async () => {
      Object.assign(switches, allWell);
      brokenAt = null;
      for (const gateway of deps.gateways) await gateway.setFault(NO_GATEWAY_FAULT);
      for (const part of deps.parts) await part.startAnew();
    });
    return context.json(all());
  });

  return app;
}

function unwell(gateways: readonly Gateway[]): number {
  const well = JSON.stringify(NO_GATEWAY_FAULT);
  return gateways.filter((gateway) => JSON.stringify(gateway.fault()) !== well).length;
}

function describe({ id, title, sentence, isOn }: Fault) {
  return { id, title, sentence, on: isOn() };
}

/** What is left out, or undefined, stays. */
function merge<T extends object>(whole: T, part: { [K in keyof T]?: T[K] | undefined }): T {
  const given = Object.entries(part).filter(([, value]) => value !== undefined);
  return { ...whole, ...Object.fromEntries(given) };
}
