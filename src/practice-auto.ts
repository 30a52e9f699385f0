import { z } from 'zod';

import { openDatabase } from '#adapters/store/database.ts';
import { createEventStore } from '#adapters/store/event-store.ts';
import { load } from '#app/load.ts';
import type { Entry } from '#domain/timeline/entries.ts';
import { readRecord } from '#domain/timeline/incident-record.ts';
import { timelineJson, type TimelineJson } from '#domain/timeline/timeline-json.ts';
import { playIncident } from '#practice/responders/play-incident.ts';
import type { Scenario } from '#practice/scenarios/scenario.ts';
import { takesOrders } from '#practice/scenarios/takes-orders.ts';
import type { Config } from '#src/config.ts';

import { startPractice, type Practice } from './practice-mode.ts';
import { practiceWindows } from './practice-overlay.ts';

/** What the report's incident took, from the deploy to the resolution. */
const reportSeconds = 780;

const Rollback = z.object({
  key: z.string(),
  from: z.string(),
  to: z.string(),
  status: z.string(),
});
const Rollbacks = z.object({ rollbacks: z.array(Rollback) });
const Orders = z.object({ ok: z.number(), failed: z.number() });

/** Public: the object of `handrail practice --auto --format json`. */
export type AutoResult = {
  schemaVersion: 1;
  restored: boolean;
  scenario: string;
  score: { seconds: number; reportSeconds: number; windows: typeof practiceWindows };
  incident: TimelineJson['incident'];
  entries: readonly Entry[];
  deploys: { rollbacks: readonly z.infer<typeof Rollback>[] };
  orders: z.infer<typeof Orders>;
};

/**
 * Plays a scenario with scripted responders to its end, or as far as they come. Whether the shop is
 * restored is not theirs to say: it is asked for orders.
 */
export async function playPractice(
  config: Config,
  scenario: Scenario,
  progress: (text: string) => void,
): Promise<AutoResult> {
  progress('Starting PostgreSQL, the practice shop, the practice Slack and the bot');
  const practice = await startPractice(config);
  try {
    await customersFor(practice);
    progress(`${scenario.title} · two responders answer it`);
    const brokenAt = Date.now();
    await scenario.begin(practice.shop.controlUrl);
    const signal = AbortSignal.timeout(100_000);
    await playIncident(practice.pageUrl, scenario.answers, signal).catch((error: unknown) => {
      progress(
        `The responders came no further: ${error instanceof Error ? error.message : 'unknown'}`,
      );
    });
    const endedAt = Date.now();
    const restored = await takesOrders(practice.shop.checkoutUrls.production);
    const { incident, entries } = await timelineOf(practice);
    const resolvedAt = incident?.resolvedAt ?? null;
    const until = resolvedAt === null ? endedAt : Date.parse(resolvedAt);
    return {
      schemaVersion: 1,
      restored,
      scenario: scenario.name,
      score: { seconds: (until - brokenAt) / 1_000, reportSeconds, windows: practiceWindows },
      incident,
      entries,
      deploys: Rollbacks.parse(await ask(practice, '/rollbacks')),
      orders: Orders.parse(await ask(practice, '/orders')),
    };
  } finally {
    await practice.close();
  }
}

/** The error rate is a rate: there must have been orders for as long as its window before it means anything. */
async function customersFor(practice: Practice): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (Date.now() < deadline) {
    const { ok } = Orders.parse(await ask(practice, '/orders'));
    if (ok >= 20) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function timelineOf(practice: Practice): Promise<TimelineJson> {
  const database = await openDatabase(practice.databaseUrl);
  try {
    const store = createEventStore(database.db);
    const [id] = await store.streams({ prefix: 'inc-', limit: 1 });
    if (id === undefined) return { schemaVersion: 1, incident: null, entries: [] };
    const { events } = await load({ store }, id);
    return timelineJson(readRecord(id, events));
  } finally {
    await database.close();
  }
}

async function ask(practice: Practice, path: string): Promise<unknown> {
  const response = await fetch(new URL(path, practice.shop.controlUrl), {
    signal: AbortSignal.timeout(5_000),
  });
  return response.json();
}
