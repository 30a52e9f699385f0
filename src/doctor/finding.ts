import type { Finding } from '#ports/self-check.ts';

export const ok = (area: string, text: string): Finding => ({ area, status: 'ok', text });
export const problem = (area: string, text: string): Finding => ({ area, status: 'problem', text });
export const notSet = (area: string, text: string): Finding => ({ area, status: 'notSet', text });

/** How far a clock may be off before it is a problem. */
const mostSkewMs = 5_000;

export function skewOf(area: string, other: string, skewMs: number): Finding {
  const seconds = `${Math.abs(Math.round(skewMs / 1_000))} s`;
  return Math.abs(skewMs) <= mostSkewMs
    ? ok(area, `agrees with ${other}`)
    : problem(
        area,
        `is ${seconds} ${skewMs > 0 ? 'ahead of' : 'behind'} ${other}: let both follow NTP`,
      );
}
