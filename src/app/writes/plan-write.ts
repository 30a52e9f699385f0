import type { App } from '#app/app.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import type { PlanRecord } from '#domain/run/events.ts';
import { PortError } from '#ports/port-error.ts';

import { writeKindOf } from './registry.ts';
import type { Planned, WriteDeps, WriteRequest } from './write-kind.ts';

export type PlanDeps = WriteDeps & Pick<App, 'sha256'>;

const timeoutMs = 20_000;

/** The plan of a write as the world is now, and nothing done; it never rejects for what the world does. */
export async function planWrite(
  deps: PlanDeps,
  request: WriteRequest,
  signal: AbortSignal,
): Promise<PlanRecord> {
  const kind = writeKindOf(request.uses);
  if (kind === null) return unavailable(`This version can't do ${request.uses}; do it by hand.`);
  const either = AbortSignal.any([signal, deps.clock.deadline(timeoutMs)]);
  try {
    return recordOf(deps, await kind.plan(deps, request, null, either));
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof PortError) && !either.aborted) throw error;
    deps.log.warn({ error, uses: request.uses }, 'a plan could not be made');
    return unavailable(
      error instanceof PortError
        ? error.message
        : 'What it would change could not be read in time.',
    );
  }
}

/** Approval binds to the hash: another hash is another plan. */
export function recordOf({ sha256 }: Pick<App, 'sha256'>, planned: Planned): PlanRecord {
  if (planned.kind !== 'plan') return planned;
  const { plan, bound, migrations } = planned;
  return { kind: 'plan', plan, hash: sha256(canonicalJson(bound)), migrations: [...migrations] };
}

function unavailable(message: string): PlanRecord {
  return { kind: 'unavailable', message };
}
