import type { Time } from './time.ts';

const WINDOW_MS = 5 * 60_000;
/** Bolt compares what stands between the first and a second equals sign, and would take any end. */
const SIGNATURE = /^v0=[0-9a-f]{64}$/;

/** A signed request that is refused although its signature is right. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
}

/**
 * What Bolt leaves open once it has verified a signature: a timestamp from the future, and the same
 * signature twice. A signature is remembered as long as its timestamp would be accepted.
 */
export function createReplayGuard(time: Time): (signature: string, timestamp: number) => void {
  const seen = new Map<string, number>();

  return (signature, timestamp) => {
    const now = time.now();
    if (!(Math.abs(now - timestamp * 1000) <= WINDOW_MS)) {
      throw new RequestRefused('The timestamp is more than five minutes away from now.');
    }
    if (!SIGNATURE.test(signature)) throw new RequestRefused('The signature is of no known form.');
    for (const [known, until] of seen) if (until < now) seen.delete(known);
    if (seen.has(signature)) throw new RequestRefused('This signature was used before.');
    seen.set(signature, timestamp * 1000 + WINDOW_MS);
  };
}
