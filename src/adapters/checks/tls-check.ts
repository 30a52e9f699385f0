import { z } from 'zod';

import type { CheckKind } from './check-kind.ts';
import { failed, inputsOf, measured } from './outcome.ts';

const DAY_MS = 86_400_000;

const With = z.object({
  host: z.string().min(1),
  port: z.int().min(1).max(65_535).default(443),
  servername: z.string().min(1).optional(),
});

export const tlsCheck: CheckKind = {
  async measure(request, options, { outbound, clock }) {
    const { host, port, servername = null } = inputsOf(With, request);
    const outcome = await outbound.handshake({ host, port, servername }, options);
    if (!outcome.ok) return failed(outcome.failure, { authorized: false, daysLeft: null });

    const facts = outcome.value;
    const left = facts.validTo === null ? null : Date.parse(facts.validTo) - clock.now().getTime();
    const daysLeft = left === null ? null : Math.floor(left / DAY_MS);
    return measured(
      { ...facts, daysLeft },
      facts.authorized ? `valid for ${daysLeft} more days` : `not trusted: ${facts.error}`,
    );
  },
};
