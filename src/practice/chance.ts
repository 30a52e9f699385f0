import { createHash } from 'node:crypto';

/** Draws that a seed decides. Each name is a series of its own, whoever else draws meanwhile. */
export type Chance = {
  /** From `low` up to, but not, `high`. */
  between(low: number, high: number): number;
  happens(probability: number): boolean;
  /** Another series, of the same seed. */
  named(name: string): Chance;
};

export function createChance(seed: number, name = ''): Chance {
  let drawn = 0;

  /** The first 32 bits of a hash, as a share of one. */
  function draw(): number {
    drawn += 1;
    const hash = createHash('sha256').update(`${seed}/${name}/${drawn}`).digest();
    return hash.readUInt32BE(0) / 2 ** 32;
  }

  return {
    between: (low, high) => low + draw() * (high - low),
    happens: (probability) => draw() < probability,
    named: (other) => createChance(seed, `${name}/${other}`),
  };
}
