/** Numbers that look random and are the same for the same seed (sfc32). */
export type Random = {
  /** From 0 to below 1. */
  unit(): number;
  chance(probability: number): boolean;
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  /** One of them; undefined only of nothing. */
  pick<T>(from: readonly T[]): T | undefined;
  /** A stream of its own, so that one more number drawn here changes nothing there. */
  fork(): Random;
};

export function createRandom(seed: number): Random {
  let [a, b, c, count] = [0x9e37_79b9, 0x243f_6a88 ^ seed, 0xb7e1_5162 ^ (seed / 2 ** 32), 1];
  function next(): number {
    const sum = (a + b + count) | 0;
    count = (count + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  }
  for (let round = 0; round < 15; round += 1) next();

  const unit = () => next() / 2 ** 32;
  return {
    unit,
    chance: (probability) => probability > 0 && unit() < probability,
    whole: (least, most) => least + Math.floor(unit() * (most - least + 1)),
    pick: (from) => from[Math.floor(unit() * from.length)],
    fork: () => createRandom(next() * 2 ** 20 + (next() >>> 12)),
  };
}
