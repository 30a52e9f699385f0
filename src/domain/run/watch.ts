import { spokenDuration } from '#domain/duration.ts';

import type { Verdict } from './events.ts';

export type Sample = {
  verdict: Verdict;
  at: string;
  /** Since when every sample has passed. */
  passingSince: string | null;
  giveUpAt: string;
  everyMs: number;
  holdMs: number;
  /** `giveUpWhen` holds for this sample. */
  givenUp: boolean;
};

export type AfterSample = {
  verdict: Verdict;
  /** Null when the watch is over. */
  nextAt: string | null;
  passingSince: string | null;
  /** What is still missing, in words. */
  short: string | null;
};

/**
 * A watch passes when its samples have passed for `hold`, counted from the first pass; a fail or an
 * inconclusive sample starts the hold again. When it gives up, the last verdict holds, a pass that
 * is short of `hold` being a fail.
 */
export function afterSample(sample: Sample): AfterSample {
  const { verdict, at, givenUp } = sample;
  if (givenUp) return { verdict: 'fail', nextAt: null, passingSince: null, short: 'given up' };

  const passingSince = verdict === 'pass' ? (sample.passingSince ?? at) : null;
  const now = Date.parse(at);
  const held = passingSince === null ? 0 : now - Date.parse(passingSince);
  if (passingSince !== null && held >= sample.holdMs) {
    return { verdict: 'pass', nextAt: null, passingSince, short: null };
  }

  const end = Date.parse(sample.giveUpAt);
  const short =
    passingSince === null
      ? null
      : `healthy for ${spokenDuration(held)} of ${spokenDuration(sample.holdMs)}`;
  if (now >= end) {
    return { verdict: verdict === 'pass' ? 'fail' : verdict, nextAt: null, passingSince, short };
  }
  const holdsAt = passingSince === null ? Infinity : Date.parse(passingSince) + sample.holdMs;
  const next = Math.min(now + sample.everyMs, holdsAt, end);
  return { verdict, nextAt: new Date(next).toISOString(), passingSince, short };
}
