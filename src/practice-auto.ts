import { z } from 'zod';

import type { Debrief } from '#domain/timeline/debrief/debrief.ts';
import type { Entry } from '#domain/timeline/entries.ts';
import { timelineJson, type TimelineJson } from '#domain/timeline/timeline-json.ts';
import { createChance } from '#practice/chance.ts';
import { ana, ben, cleo } from '#practice/people.ts';
import { byChance, byTheBook } from '#practice/responders/manners.ts';
import { playIncident } from '#practice/responders/play-incident.ts';
import { refusalsTold } from '#practice/responders/told.ts';
import type { Scenario } from '#practice/scenarios/scenario.ts';
import { takesOrders } from '#practice/scenarios/takes-orders.ts';
import type { Config } from '#src/config.ts';

import { startPractice, type Practice } from './practice-mode.ts';
import { practiceWindows, type Windows } from './practice-overlay.ts';
import { askShop, debriefFor, openPracticeRecord, type Practised } from './practice-record.ts';

/** What the report's incident took, from the deploy to the resolution. */
const reportSeconds = 780;

/** Longer than any scenario takes: somebody who is away, a rollback that is waited for in vain. */
const longestMs = 240_000;

/** People who take their time are waited for a little, and not for minutes. */
const escalation = { again: '8s', commanders: '16s' };

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
  /** Null: everybody acted at once and by the book. */
  seed: number | null;
  score: { seconds: number; reportSeconds: number; windows: Windows };
  incident: TimelineJson['incident'];
  entries: readonly Entry[];
  /** Null where nothing was declared. */
  debrief: Debrief | null;
  deploys: { rollbacks: readonly z.infer<typeof Rollback>[] };
  orders: z.infer<typeof Orders>;
};

/**
 * Plays a scenario with scripted responders to its end, or as far as they come. A seed decides who is
 * there, how long they take and what they try; without one everybody acts by the book. Whether the shop is
 * restored is not theirs to say: it is asked for orders.
 */
export async function playPractice(
  config: Config,
  { scenario, seed }: { scenario: Scenario; seed: number | undefined },
  progress: (text: string) => void,
): Promise<AutoResult> {
  progress('Starting PostgreSQL, the practice shop, the practice Slack and the bot');
  const windows = seed === undefined ? practiceWindows : { ...practiceWindows, escalation };
  const manners = seed === undefined ? byTheBook : byChance(createChance(seed, 'people'));
  const practice = await startPractice(config, { windows, seed });
  try {
    await customersFor(practice);
    progress(`${scenario.title} · ${seed === undefined ? 'answered by the book' : `seed ${seed}`}`);
    const brokenAt = Date.now();
    await scenario.begin(practice.shop.controlUrl);
    const deadline = { withinMs: longestMs, signal: AbortSignal.timeout(longestMs) };
    await playIncident(practice, { scenario, manners }, deadline).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : 'unknown';
      progress(`The responders came no further: ${why}`);
    });
    const endedAt = Date.now();
    const restored = await takesOrders(practice.shop.checkoutUrls.production);
    const played = await playedIncident(practice);
    const { incident, entries } =
      played === undefined ? { incident: null, entries: [] } : timelineJson(played.record);
    const told = await refusalsTold(practice.pageUrl, [ana, ben, cleo]);
    const resolvedAt = incident?.resolvedAt ?? null;
    const until = resolvedAt === null ? endedAt : Date.parse(resolvedAt);
    return {
      schemaVersion: 1,
      restored,
      scenario: scenario.name,
      seed: seed ?? null,
      score: { seconds: (until - brokenAt) / 1_000, reportSeconds, windows },
      incident,
      entries,
      debrief: played === undefined ? null : await debriefFor(practice, played, told),
      deploys: Rollbacks.parse(await askShop(practice, '/rollbacks')),
      orders: Orders.parse(await askShop(practice, '/orders')),
    };
  } finally {
    await practice.close();
  }
}

/** The error rate is a rate: there must have been orders for as long as its window before it means anything. */
async function customersFor(practice: Practice): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (Date.now() < deadline) {
    const { ok } = Orders.parse(await askShop(practice, '/orders'));
    if (ok >= 20) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** That which was resolved, for a monitor may have declared another one; else the first. */
async function playedIncident(practice: Practice): Promise<Practised | undefined> {
  await using read = await openPracticeRecord(practice);
  const all = await read.incidents();
  return all.find(({ record }) => record.incident?.status === 'resolved') ?? all.at(-1);
}
