import { expect } from 'vitest';

import type { Person } from '#practice/slack/person.ts';

import { sees, textOf, whisper } from './at-the-screen.ts';

/** For a terminal; the bot shows it to whoever asks, and to nobody else. */
export async function tokenOf(person: Person): Promise<string> {
  expect(await person.type('#checkout', '/incident token')).toMatchObject({ ok: true });
  const told = await sees(person, whisper(/hrt_/));
  return /hrt_\w{40}/.exec(textOf(told))?.[0] ?? '';
}
