import { z } from 'zod';

import { canonicalJson } from '#domain/canonical-json.ts';
import type { RunbookDocument, Trigger } from '#domain/runbook/runbook.ts';
import { isOpen } from '#domain/stream/effects.ts';

import type { App } from './app.ts';
import { load } from './load.ts';

export type Scheduled = Extract<Trigger, { kind: 'schedule' }>;

/** The run that a trigger began last; `waiting`: since when later ones have not begun because of it. */
const LastRun = z.object({ run: z.string(), waiting: z.string().nullable() });
export type LastRun = z.infer<typeof LastRun>;

/** Schedules of a runbook that wait for an open run: which one, and since when. */
export async function waitingSchedules(
  app: App,
  document: RunbookDocument,
): Promise<readonly { run: string; since: string }[]> {
  const found: { run: string; since: string }[] = [];
  for (const trigger of schedulesOf(document)) {
    const last = await lastRun(app, triggerKey(app, document, trigger));
    if (last?.waiting == null || !(await isRunning(app, last.run))) continue;
    found.push({ run: last.run, since: last.waiting });
  }
  return found;
}

export async function isRunning(app: App, run: string): Promise<boolean> {
  return isOpen((await load(app, run)).stream);
}

export async function lastRun(app: App, key: string): Promise<LastRun | null> {
  const found = await app.store.mark('scheduled-run', key);
  return found === null ? null : LastRun.parse(found);
}

export async function remember(app: App, key: string, value: LastRun): Promise<void> {
  await app.store.setMark({ scope: 'scheduled-run', key, value });
}

export function schedulesOf({ runbook }: RunbookDocument): Scheduled[] {
  return runbook.triggers.filter((trigger) => trigger.kind === 'schedule');
}

/** A trigger is known by all that it says, so that two that differ in their inputs alone are two. */
export function triggerKey(app: App, { runbook }: RunbookDocument, trigger: Scheduled): string {
  return `${runbook.id}/${app.sha256(canonicalJson(trigger)).slice(0, 12)}`;
}
