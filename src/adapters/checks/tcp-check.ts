import { z } from 'zod';

import type { CheckKind } from './check-kind.ts';
import { failed, inputsOf, measured, took, tookText } from './outcome.ts';

const With = z.object({ host: z.string().min(1), port: z.int().min(1).max(65_535) });

export const tcpCheck: CheckKind = {
  async measure(request, options, { outbound }) {
    const { host, port } = inputsOf(With, request);
    const outcome = await outbound.connect({ host, port }, options);
    if (!outcome.ok) return failed(outcome.failure, { connected: false });
    const { durationMs } = outcome.value;
    const result = { connected: true, duration: took(durationMs) };
    return measured(result, `connected in ${tookText(durationMs)}`);
  },
};
