import { z } from 'zod';

import type { CheckKind } from './check-kind.ts';
import { failed, inputsOf, measured, took } from './outcome.ts';

const With = z.object({ name: z.string().min(1), type: z.string().default('A') });

export const dnsCheck: CheckKind = {
  async measure(request, options, { outbound }) {
    const { name, type } = inputsOf(With, request);
    const outcome = await outbound.query({ name, type }, options);
    if (!outcome.ok) return failed(outcome.failure, { answers: [] });

    const { answers, rcode } = outcome.value;
    const result = { answers, rcode, duration: took(outcome.value.durationMs) };
    if (rcode === 'NXDOMAIN') {
      const message = `${name} does not exist`;
      return { kind: 'unreachable', code: rcode, message, result: { ...result, error: rcode } };
    }
    return measured(result, answers.length === 0 ? `no ${type} record` : answers.join(', '));
  },
};
