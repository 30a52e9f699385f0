import { PortError } from '#ports/port-error.ts';

import type { Gateway } from './gateway.ts';
import { systemTime, type Time } from './time.ts';

const WAIT_MS = 4_000;
const SILENT_FOR_MS = 30_000;

/**
 * For a person who waits at a terminal: a call gets four seconds, and after one without an answer
 * Slack counts as silent for half a minute. Null: there is no token to ask it with.
 */
export function quickGateway(gateway: Gateway | null, time: Time = systemTime): Gateway {
  let silentUntil = gateway === null ? Infinity : 0;
  return {
    async call(method, args, options) {
      if (gateway === null || time.now() < silentUntil) throw silent();
      const { promise: late, reject } = Promise.withResolvers<never>();
      const cancel = time.after(WAIT_MS, () => reject(silent()));
      const answer = gateway.call(method, args, { ...options, withinMs: WAIT_MS });
      try {
        return await Promise.race([answer, late]);
      } catch (error) {
        if (error instanceof PortError && error.retry) silentUntil = time.now() + SILENT_FOR_MS;
        throw error;
      } finally {
        cancel();
      }
    },
  };
}

function silent(): PortError {
  return new PortError('slack.silent', 'Slack does not answer.', { retry: true });
}
