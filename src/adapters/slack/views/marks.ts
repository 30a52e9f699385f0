import type { StepMark } from '#ports/chat-messages.ts';

/** A sign and a word each, so that colour is never the only carrier. */
export const MARKS: Record<StepMark, readonly [sign: string, word: string]> = {
  pending: ['▫️', 'Not started'],
  running: ['🔄', 'Running'],
  waiting: ['🟡', 'Waiting'],
  ok: ['🟢', 'OK'],
  problem: ['🔴', 'Problem found'],
  noData: ['⚪', 'No data'],
  done: ['✔️', 'Done'],
  skipped: ['⏭️', 'Skipped'],
  failed: ['❌', 'Failed'],
  unknown: ['❓', 'Unknown'],
  cancelled: ['🚫', 'Cancelled'],
};
