import type { App } from './app.ts';
import type { Loaded } from './load.ts';
import type { Drawing } from './read-models/drawing.ts';
import { newerVersion } from './read-models/newer-version.ts';

/** A stream as it is now, ready to be drawn; `given` is what each entrance brings itself. */
export function drawingOf(
  app: App,
  { stream, events }: Loaded,
  given: Pick<Drawing, 'asked' | 'members' | 'button' | 'picture'>,
): Drawing {
  return {
    stream,
    events,
    settings: app.runbooks.settings(),
    now: app.clock.now().toISOString(),
    runbooks: () => app.runbooks.all().map(({ runbook }) => runbook),
    newer: (run) => newerVersion(app.runbooks, run),
    ...given,
  };
}
