import { randomInt } from 'node:crypto';

import type { Ids } from '#ports/ids.ts';

/** Without letters and figures that look alike when read aloud or typed from a screen. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';

export const systemIds: Ids = {
  incident: (at) => `inc-${day(at)}-${tail()}`,
  run: (at) => `run-${day(at)}-${tail()}`,
};

function day(at: Date): string {
  return at.toISOString().slice(0, 10).replaceAll('-', '');
}

function tail(): string {
  return Array.from({ length: 6 }, () => alphabet[randomInt(alphabet.length)]).join('');
}
