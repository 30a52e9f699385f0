const words: Readonly<Record<string, string>> = {
  pass: 'OK',
  fail: 'Problem found',
  inconclusive: 'No data',
  succeeded: 'Done',
  notNeeded: 'Not needed',
  failed: 'Failed',
  rejected: 'Rejected',
  unknown: 'Outcome unknown',
  done: 'Done',
  timedOut: 'No answer in time',
  skipped: 'Skipped',
};

/** An outcome as people read it on screen. */
export function outcomeWord(outcome: string): string {
  return words[outcome] ?? outcome;
}
