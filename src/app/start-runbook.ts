import type { Actor } from '#domain/ids.ts';
import type { JsonObject } from '#domain/json.ts';
import type { StartRun } from '#domain/run/commands.ts';
import type { RunbookDocument, RunMode } from '#domain/runbook/runbook.ts';
import { stepsOf } from '#domain/runbook/steps-of.ts';

import type { App } from './app.ts';

/** The command that starts a runbook, with everything it calls as it is now. */
export function startCommand(
  app: App,
  document: RunbookDocument,
  given: {
    by: Actor;
    inputs: JsonObject;
    mode: RunMode;
    alert?: Readonly<Record<string, string>>;
    waits?: boolean;
  },
): StartRun {
  const now = app.clock.now();
  return {
    type: 'StartRun',
    at: now.toISOString(),
    actor: given.by,
    run: app.ids.run(now),
    document,
    called: calledBy(app, document),
    inputs: { ...app.runbooks.settings().inputs[document.runbook.id], ...given.inputs },
    mode: given.mode,
    alert: given.alert ?? null,
    waits: given.waits ?? false,
  };
}

/** Runbooks that this one calls, at any depth. */
function calledBy(app: App, document: RunbookDocument): Record<string, RunbookDocument> {
  const found: Record<string, RunbookDocument> = {};
  const ahead = [document];
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    for (const step of stepsOf(next.runbook)) {
      const id = step.uses === 'runbook' ? step.with['id'] : undefined;
      if (typeof id !== 'string' || id in found) continue;
      const called = app.runbooks.get(id);
      if (called === null) continue;
      found[id] = called;
      ahead.push(called);
    }
  }
  return found;
}
