import type { RecordRef } from '#ports/chat-messages.ts';

/** 96 bits: nobody finds another record with the same digits, and they fit into a line on a phone. */
const SHOWN_DIGITS = 24;

/** For the small print. `handrail verify --head` takes it as it stands. */
export function recordLine({ position, hash }: RecordRef): string {
  return `Record ${position} · ${hash.slice(0, SHOWN_DIGITS)}`;
}
