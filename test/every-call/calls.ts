/** What goes out of the process and waits for an answer. */
export const kinds = ['statement', 'request', 'file'] as const;
export type Kind = (typeof kinds)[number];

/**
 * How one call goes wrong. `refused`: nothing was done, and the connection is gone. `unanswered`: it was
 * done, and the connection is gone. `failed`: nothing was done, and the answer says so. `silent`: nobody
 * ever says anything. The others are what the system says of a file.
 */
export const troubles = {
  statement: ['refused', 'unanswered', 'failed', 'silent'],
  request: ['refused', 'unanswered', 'failed', 'silent'],
  file: ['EIO', 'ENOENT', 'EMFILE'],
} as const;
export type Trouble = (typeof troubles)[Kind][number];

/** `n`: the how-manieth of its kind, from 1. `site`: what is called, the same in each incident. */
export type Call = { kind: Kind; n: number; site: string };

/** Which calls go wrong, and how. `first`: whether nothing has called this before. */
export type Fault = {
  kind: Kind;
  trouble: Trouble;
  hits: (call: Call, first: boolean) => boolean;
};

/** Everything that a bot calls, in the order in which it does. */
export type Calls = {
  /** Counts a call that is about to go out, and says what becomes of it. */
  meet(kind: Kind, site: string): Trouble | null;
  readonly all: readonly Call[];
  readonly failed: readonly Call[];
};

export function createCalls(fault: Fault | null): Calls {
  const all: Call[] = [];
  const failed: Call[] = [];
  const counts = new Map<Kind, number>();
  const met = new Set<string>();

  return {
    all,
    failed,
    meet(kind, site) {
      const n = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, n);
      const call = { kind, n, site };
      all.push(call);
      const first = !met.has(`${kind} ${site}`);
      met.add(`${kind} ${site}`);
      if (fault?.kind !== kind || !fault.hits(call, first)) return null;
      failed.push(call);
      return fault.trouble;
    },
  };
}
