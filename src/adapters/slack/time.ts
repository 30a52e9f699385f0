/** The time that pacing and waiting go by; tests bring their own. Milliseconds. */
export type Time = {
  now(): number;
  /** Runs `run` once after `ms`; the answer calls it off. */
  after(ms: number, run: () => void): () => void;
};

export const systemTime: Time = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
