/**
 * A share as people read it: `0.423` is `42 %`, `0.0312` is `3.1 %`. Two digits below ten percent,
 * and never a 0 or a 100 that is not one.
 */
export function percent(share: number): string {
  if (!Number.isFinite(share)) throw new RangeError('not a share');
  const value = share * 100;
  const size = Math.abs(value);
  if (size > 0 && size < 0.01) return value < 0 ? '> -0.01 %' : '< 0.01 %';
  if (size > 99 && size < 100) return `${Math.trunc(value * 10) / 10} %`;
  return `${size >= 10 ? Math.round(value) : Number(value.toPrecision(2))} %`;
}
