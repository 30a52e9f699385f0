import type { Checks } from '#ports/checks.ts';
import { PortError } from '#ports/port-error.ts';

import type { CheckDeps } from './check-kind.ts';
import { unavailable } from './outcome.ts';
import { checkKinds } from './registry.ts';

/** A dead target's own deadline fires first, and says more than that of the whole measurement. */
const MARGIN_MS = 250;

export function createChecks(deps: CheckDeps): Checks {
  const kinds = new Map(checkKinds.map((kind) => [kind.uses, kind]));

  return {
    async measure(request, { timeoutMs, signal }) {
      signal.throwIfAborted();
      const kind = kinds.get(request.uses);
      if (kind === undefined) return unavailable(`Nothing here can measure ${request.uses}.`);

      let deadline: AbortSignal | null = null;
      try {
        deadline = AbortSignal.timeout((kind.lasts?.(request) ?? 0) + timeoutMs + MARGIN_MS);
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
