import { hash } from 'node:crypto';

import { type Call, type Fault, type Kind, type Trouble, troubles } from './calls.ts';

/** One incident; `what` says which of its calls go wrong. */
export type Plan = { what: string; fault: Fault };
export type Wrong = { kind: Kind; trouble: Trouble };

/** Every way in which calls of these kinds go wrong. */
export function wrongs(kinds: readonly Kind[]): Wrong[] {
  return kinds.flatMap((kind) => troubles[kind].map((trouble) => ({ kind, trouble })));
}

/** An incident for each of these calls alone. */
export function oneByOne(
  { kind, trouble }: Wrong,
  { from, to, every }: { from: number; to: number; every: number },
): Plan[] {
  const count = Math.max(0, Math.ceil((to - from + 1) / every));
  return Array.from({ length: count }, (_, index) => {
    const at = from + index * every;
    const hits = ({ n }: Call): boolean => n === at;
    return { what: `${kind} ${at} ${trouble}`, fault: { kind, trouble, hits } };
  });
}

/** So many incidents: whatever is called goes wrong in one of them, when it is called first. */
export function siteBySite({ kind, trouble }: Wrong, groups: number): Plan[] {
  return Array.from({ length: groups }, (_, group) => {
    const hits = ({ site }: Call, first: boolean): boolean =>
      first && groupOf(site, groups) === group;
    const which = groups === 1 ? 'each first' : `each first, ${group + 1} of ${groups}`;
    return { what: `${kind} ${trouble}, ${which}`, fault: { kind, trouble, hits } };
  });
}

function groupOf(site: string, groups: number): number {
  return hash('sha256', site, 'buffer').readUInt32BE(0) % groups;
}
