import type { Checks } from '#ports/checks.ts';
import { PortError } from '#ports/port-error.ts';

import type { CheckDeps, CheckKind } from './check-kind.ts';
import { unavailable } from './outcome.ts';
import { checkKinds } from './registry.ts';

/** A dead target's own deadline fires first, and says more than that of the whole measurement. */
const MARGIN_MS = 250;

export function createChecks(deps: CheckDeps): Checks {
  const loaded = new Map<string, CheckKind>();

  async function load(uses: string): Promise<CheckKind | null> {
    const kind = loaded.get(uses) ?? (await checkKinds.get(uses)?.()) ?? null;
    if (kind !== null) loaded.set(uses, kind);
    return kind;
  }

  return {
    async measure(request, { timeoutMs, signal }) {
      signal.throwIfAborted();
      const kind = await load(request.uses);
      if (kind === null) return unavailable(`Nothing here can measure ${request.uses}.`);

      let deadline: AbortSignal | null = null;
      try {
        deadline = deps.clock.deadline((kind.lasts?.(request) ?? 0) + timeoutMs + MARGIN_MS);
        const either = AbortSignal.any([signal, deadline]);
        return await kind.measure(request, { timeoutMs, signal: either }, deps);
      } catch (error) {
        signal.throwIfAborted();
        if (deadline?.aborted) return unavailable(`Not measured within ${timeoutMs} ms.`, true);
        if (error instanceof PortError) return unavailable(error.message, error.retry);
        throw error;
      }
    },
  };
}
