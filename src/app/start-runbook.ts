import type { Actor } from '#domain/ids.ts';
import type { JsonObject } from '#domain/json.ts';
import type { StartRun } from '#domain/run/commands.ts';
import { calledBy } from '#domain/runbook/called-by.ts';
import type { RunbookDocument, RunMode } from '#domain/runbook/runbook.ts';

import type { App } from './app.ts';

/** The command that starts a runbook, with everything it calls as it is now. */
export function startCommand<By extends Actor>(
  app: App,
  document: RunbookDocument,
  given: {
    by: By;
    inputs: JsonObject;
    mode: RunMode;
    alert?: Readonly<Record<string, string>>;
    waits?: boolean;
  },
): StartRun & { actor: By } {
  const now = app.clock.now();
  return {
    type: 'StartRun',
    at: now.toISOString(),
    actor: given.by,
    run: app.ids.run(now),
    document,
    called: calledBy(document.runbook, (id) => app.runbooks.get(id)),
    inputs: { ...app.runbooks.settings().inputs[document.runbook.id], ...given.inputs },
    mode: given.mode,
    alert: given.alert ?? null,
    waits: given.waits ?? false,
  };
}
