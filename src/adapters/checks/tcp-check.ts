import { z } from 'zod';

import type { CheckKind } from './check-kind.ts';
import { failed, inputsOf, measured, took } from './outcome.ts';

const With = z.object({ host: z.string().min(1), port: z.int().min(1).max(65_535) });

export const tcpCheck: CheckKind = {
  async measure(request, options, { outbound }) {
    const { host, port } = inputsOf(With, request);
    const outcome = await outbound.connect({ host, port }, options);
    if (!outcome.ok) return failed(outcome.failure, { connected: false });
    const duration = took(outcome.value.durationMs);
    return measured({ connected: true, duration }, `connected in ${duration}`);
  },
};
