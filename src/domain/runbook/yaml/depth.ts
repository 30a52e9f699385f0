import { MAX_DEPTH } from './limits.ts';
import { type Reading, Unreadable } from './reading.ts';

/** Reads what stands inside of something else, down to a depth that nobody writes by hand. */
export function inside<T>(reading: Reading, read: () => T): T {
  reading.depth += 1;
  if (reading.depth > MAX_DEPTH) {
    const range = { start: reading.at, end: reading.at + 1 };
    throw new Unreadable(range, 'values nest more than 64 deep');
  }
  const built = read();
  reading.depth -= 1;
  return built;
}
