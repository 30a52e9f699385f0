import { randomInt } from 'node:crypto';

import type { Ids } from '#ports/ids.ts';

/** Without letters and figures that look alike when read aloud or typed from a screen. */
const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';

export const systemIds: Ids = {
  incident: (at) => `inc-${day(at)}-${letters(6)}`,
  run: (at) => `run-${day(at)}-${letters(6)}`,
  token: () => `hrt_${letters(40)}`,
};

function day(at: Date): string {
  return at.toISOString().slice(0, 10).replaceAll('-', '');
}

function letters(count: number): string {
  return Array.from({ length: count }, () => alphabet[randomInt(alphabet.length)]).join('');
}
