import { createLine, unavailable, type Line } from '#test/simulation/engine/line.ts';
import type { Random } from '#test/simulation/engine/random.ts';

import type { Troubles, Weather } from './weather.ts';

/** The way to each neighbour, as the weather has it. */
export function createLines(weather: Weather, random: Random, isFoul: () => boolean) {
  const line = (
    name: string,
    latencyMs: readonly [number, number],
    patienceMs: number,
    troubles: Troubles & { atOnce?: number; slowMs?: number },
  ): Line =>
    createLine({
      name,
      random: random.fork(),
      isFoul,
      latencyMs,
      slowMs: patienceMs,
      patienceMs,
      silence: unavailable(`${name}.unavailable`),
      ...troubles,
    });
  const none = { loses: 0, losesAnswers: 0, slows: 0 };
  return {
    quiet: line('database', [0.3, 2], 0, { ...none, atOnce: 0.7 }),
    database: line('store', [0.3, 2], 3_000, { ...weather.database, atOnce: 0.7 }),
    chat: line('chat', [40, 200], 10_000, { ...weather.chat, slowMs: 5_000 }),
    platform: line('deploys', [10, 60], 8_000, {
      ...weather.platform,
      slowMs: Math.min(8_000, weather.manners.lateMs),
    }),
    metrics: line('metrics', [5, 40], 8_000, weather.metrics),
    directory: line('directory', [20, 80], 5_000, weather.directory),
  };
}
