import { PortError } from '#ports/port-error.ts';

import type { Random } from './random.ts';

/** How a call and its answer travel. */
export type Journey = {
  /** Milliseconds until the other side has it; null: it never does. */
  there: number | null;
  /** Milliseconds until the caller knows: the answer, or, where `answered` is false, that there is none. */
  back: number;
  answered: boolean;
};

/** The way to one neighbour, with its troubles: the share of calls that never arrive, and of answers. */
export type Line = {
  name: string;
  journey(): Journey;
  /** What a caller gets in place of an answer. */
  silence(): Error;
};

export type LineOptions = {
  name: string;
  random: Random;
  isFoul: () => boolean;
  /** A usual call takes from the first to the second. */
  latencyMs: readonly [number, number];
  /** One in so many is slow: up to this. */
  slowMs: number;
  /** Share of the calls that take no time. */
  atOnce?: number;
  loses: number;
  losesAnswers: number;
  slows: number;
  patienceMs: number;
  silence: () => Error;
};

export function createLine(options: LineOptions): Line {
  const { name, random, isFoul, latencyMs, slowMs, patienceMs, silence } = options;
  const [least, most] = latencyMs;

  return {
    name,
    silence,
    journey() {
      // Most calls of a near neighbour are answered before anything else happens.
      const there = random.chance(options.atOnce ?? 0) ? 0 : least + random.unit() * (most - least);
      if (!isFoul()) return { there, back: 0, answered: true };
      const dice = random.unit();
      const { loses, losesAnswers, slows } = options;
      if (dice < loses) return { there: null, back: patienceMs, answered: false };
      if (dice < loses + losesAnswers) return { there, back: patienceMs, answered: false };
      if (dice < loses + losesAnswers + slows) {
        return {
          there: there + random.unit() * slowMs,
          back: random.unit() * most,
          answered: true,
        };
      }
      return { there, back: 0, answered: true };
    },
  };
}

export function unavailable(code: string): () => Error {
  return () => new PortError(code, 'No answer.', { retry: true });
}
