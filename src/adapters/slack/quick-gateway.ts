import { PortError } from '#ports/port-error.ts';

import type { Gateway } from './gateway.ts';
import { systemTime, type Time } from './time.ts';

const WAIT_MS = 4_000;
/** A call that gets no turn is to be known as that. */
const TURN_MS = 3_000;
const SILENT_FOR_MS = 30_000;

/**
 * For a person who waits at a terminal: a call gets four seconds, and after one without an answer
 * Slack counts as silent for half a minute. That its limits allow no call is no silence, unless Slack
 * has been silent since it last answered: what is asked then uses them up, too. Null: there is no token
 * to ask it with.
 */
export function quickGateway(gateway: Gateway | null, time: Time = systemTime): Gateway {
  let silentUntil = gateway === null ? Infinity : 0;
  let isHeard = true;

  function heed(error: unknown): unknown {
    const retry = error instanceof PortError && error.retry;
    if (retry && error.code === 'ratelimited' && isHeard) return error;
    isHeard = !retry;
    if (!retry) return error;
    silentUntil = time.now() + SILENT_FOR_MS;
    return error.code === 'ratelimited' ? silent() : error;
  }

  return {
    async call(method, args, options) {
      if (gateway === null || time.now() < silentUntil) throw silent();
      const { promise: late, reject } = Promise.withResolvers<never>();
      const cancel = time.after(WAIT_MS, () => reject(silent()));
      const answer = gateway.call(method, args, { ...options, withinMs: TURN_MS });
      try {
        const said = await Promise.race([answer, late]);
        isHeard = true;
        return said;
      } catch (error) {
        throw heed(error);
      } finally {
        cancel();
      }
    },
  };
}

function silent(): PortError {
  return new PortError('slack.silent', 'Slack does not answer.', { retry: true });
}
