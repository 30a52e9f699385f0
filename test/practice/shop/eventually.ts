import { setTimeout } from 'node:timers/promises';

/** Asks until the answer is a truthy one, and gives that back; fails, with the last answer, at the deadline. */
export async function eventually<T>(
  ask: () => T | Promise<T>,
  { withinMs = 10_000 } = {},
): Promise<NonNullable<T>> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > deadline) {
      throw new Error(`still ${JSON.stringify(answer)} after ${withinMs} ms`);
    }
    await setTimeout(20);
  }
}
