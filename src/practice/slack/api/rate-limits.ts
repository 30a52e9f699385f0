import type { Clock } from '#practice/slack/options.ts';

/** Calls a minute that Slack grants a method of each tier; 0 marks the tiers with limits of their own. */
const PER_MINUTE: Readonly<Record<number, number>> = { 1: 1, 2: 20, 3: 50, 4: 100, 5: 600 };

/** One message a second in a channel, and short bursts: four at once are forgiven. */
const POSTS = { calls: 4, withinMs: 4_000 };

export type RateLimits = {
  /** Counts a call; the whole seconds to wait when it is one too many, else null. */
  count(call: { method: string; tier: number; channel: string | undefined }): number | null;
};

export function createRateLimits(clock: Clock): RateLimits {
  const calls = new Map<string, number[]>();

  function take(key: string, limit: { calls: number; withinMs: number }): number | null {
    const now = clock.now().getTime();
    const recent = (calls.get(key) ?? []).filter((at) => now - at < limit.withinMs);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= limit.calls) {
      calls.set(key, recent);
      return Math.max(1, Math.ceil((oldest + limit.withinMs - now) / 1000));
    }
    calls.set(key, [...recent, now]);
    return null;
  }

  return {
    count({ method, tier, channel }) {
      if (method === 'chat.postMessage') return take(`${method} ${channel ?? ''}`, POSTS);
      return take(method, { calls: PER_MINUTE[tier] ?? 600, withinMs: 60_000 });
    },
  };
}
