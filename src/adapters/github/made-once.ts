import { PortError } from '#ports/port-error.ts';

import { isAnswer } from './failure.ts';

/**
 * Makes a thing that can be found again, once: looks for it before, and again where making it
 * failed in a way that may have left it there (the answer was lost, or it exists already).
 */
export async function madeOnce<T>(
  find: () => Promise<T | null>,
  make: () => Promise<T>,
): Promise<T> {
  const known = await find();
  if (known !== null) return known;
  try {
    return await make();
  } catch (error) {
    const made = mayBeThere(error) ? await find() : null;
    if (made !== null) return made;
    throw error;
  }
}

function mayBeThere(error: unknown): boolean {
  const lost = error instanceof PortError && error.code === 'github.unknown';
  return lost || isAnswer(error, 409) || isAnswer(error, 422);
}
