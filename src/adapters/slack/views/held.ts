import { spokenDuration } from '#domain/duration.ts';
import type { StepLine } from '#ports/chat-messages.ts';

const CELLS = 10;

/** `▰▰▰▱▱▱▱▱▱▱ held 40 s of 2 m`: how far a watch is. */
export function heldText({ seconds, of }: NonNullable<StepLine['holds']>): string {
  const full = of === 0 ? CELLS : Math.min(CELLS, Math.floor((seconds / of) * CELLS));
  const bar = `${'▰'.repeat(full)}${'▱'.repeat(CELLS - full)}`;
  return `${bar} held ${spokenDuration(seconds * 1_000)} of ${spokenDuration(of * 1_000)}`;
}
