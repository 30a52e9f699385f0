import type { Run } from '#domain/run/state.ts';
import type { Stream } from '#domain/stream/stream.ts';

import { isStandIn } from './stand-in.ts';

/**
 * How a case names a step: by its id, by `parent.child` or `parent[item].child` inside of `parallel`,
 * and behind the step that called its runbook. All of a stand-in is the step that it stands for.
 */
export function placeInCase(stream: Stream, run: Run, path: string): string {
  const { parent } = run;
  const caller = parent === null ? undefined : stream.runs[parent.run];
  if (parent === null || caller === undefined) return path;
  const call = placeInCase(stream, caller, parent.step);
  return isStandIn(run) ? call : `${call}.${path}`;
}
