import { checks } from './invariants/checks.ts';
import { recordOf } from './invariants/record.ts';
import type { Weather } from './world/weather.ts';
import { runWorld } from './world/world.ts';

export type Outcome = {
  seed: number;
  violations: readonly Violation[];
  simulatedMs: number;
};

/** `check` is the name of what was to hold. */
export type Violation = { check: string; what: string };

/** Lives through the world of a seed to its end, and looks whether all that must hold does. */
export async function simulate(
  seed: number,
  note: ((line: string) => void) | null = null,
  weather: Partial<Weather> = {},
): Promise<Outcome> {
  const world = await runWorld(seed, note, weather);
  const record = recordOf(world);
  const violations = Object.entries(checks).flatMap(([check, find]) =>
    find(world, record).map((what) => ({ check, what })),
  );
  for (const { check, what } of violations) note?.(`violation of "${check}": ${what}`);
  return { seed, violations, simulatedMs: world.schedule.now() };
}
