import type { AlertState } from './alert-rule.ts';
import type { SentState } from './webhook-body.ts';

/** `undelivered`: nobody heard it. `refused`: it was heard, and not wanted. */
export type Delivery = 'delivered' | 'refused' | 'undelivered';

/**
 * Decides when an alert is posted: when it begins to fire, again at an interval while it does,
 * and when it resolves. What was undelivered is tried again; what was refused is not, as with
 * Alertmanager. Never two posts at once.
 */
export function createNotifier(deps: {
  send: (state: SentState) => Promise<Delivery>;
  repeatMs: number;
  retryMs: number;
}) {
  let last: { status: string; startsAt: number; at: number } | null = null;
  let notBefore = 0;
  let sending = false;

  function isDue(state: SentState, now: number): boolean {
    if (sending || now < notBefore) return false;
    const known = last?.startsAt === state.startsAt ? last : null;
    if (state.status === 'resolved') return known?.status === 'firing';
    return known === null || now - known.at >= deps.repeatMs;
  }

  return {
    /** To be called often. Resolves when what it posted, if anything, was answered. */
    async tick(state: AlertState, now: number): Promise<void> {
      if (state.status !== 'firing' && state.status !== 'resolved') return;
      if (!isDue(state, now)) return;

      sending = true;
      const delivery = await deps.send(state);
      sending = false;
      if (delivery === 'undelivered') notBefore = now + deps.retryMs;
      else last = { status: state.status, startsAt: state.startsAt, at: now };
    },
  };
}
