import { describe, expect, it } from 'vitest';

import { createChance, type Chance } from '#practice/chance.ts';
import { byChance } from '#practice/responders/manners.ts';

function draws(chance: Chance, count = 200): number[] {
  return Array.from({ length: count }, () => chance.between(0, 1));
}

describe('chance', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(draws(createChance(7, 'orders'))).toEqual(draws(createChance(7, 'orders')));
    expect(draws(createChance(7, 'orders'))).not.toEqual(draws(createChance(8, 'orders')));
  });

  it('has series that do not disturb each other', () => {
    const alone = draws(createChance(7).named('ana'), 5);

    const both = createChance(7);
    const [ana, ben] = [both.named('ana'), both.named('ben')];
    const mixed = alone.map(() => {
      ben.between(0, 1);
      return ana.between(0, 1);
    });
    expect(mixed).toEqual(alone);
    expect(draws(both.named('ben'), 5)).not.toEqual(alone);
  });

  it('stays within its bounds, and spreads over them', () => {
    const drawn = draws(createChance(1), 2_000);
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...drawn)).toBeLessThan(1);
    const mean = drawn.reduce((sum, one) => sum + one, 0) / drawn.length;
    expect(mean).toBeGreaterThan(0.45);
    expect(mean).toBeLessThan(0.55);
  });

  it('makes people who differ from seed to seed, and not from time to time', () => {
    expect(told(3)).toEqual(told(3));

    const seeds = Array.from({ length: 40 }, (_, seed) => told(seed));
    for (const habit of [
      'commanderLeads',
      'keepsLooking',
      'approvesOwn',
      'secondIsAway',
    ] as const) {
      expect(seeds.some((one) => one[habit])).toBe(true);
      expect(seeds.every((one) => one[habit])).toBe(false);
    }
  });
});

function told(seed: number) {
  const { delayMs, outsideMs, ...habits } = byChance(createChance(seed, 'people'));
  return { ...habits, delays: [delayMs('ana'), delayMs('ana'), delayMs('ben'), outsideMs()] };
}
