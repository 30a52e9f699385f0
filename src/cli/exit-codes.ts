/** What a command answers to the shell; public, see the documentation of each command. */
export const exitCodes = {
  ok: 0,
  /** Findings, not restored, not intact: the answer is a no. */
  no: 1,
  /** Of a check: there was no data to tell by. */
  inconclusive: 2,
  couldNotRun: 3,
  usage: 64,
  /** A person left with Ctrl-C; the run is as it was. */
  left: 130,
} as const;
