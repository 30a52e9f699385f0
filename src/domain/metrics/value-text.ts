/** A value as people read it, with the two or three digits that mean something: `58.3 %`, `0.84 %`, `240 ms`. */
export function valueText(value: number, unit: 'percent' | 'seconds' | 'none'): string {
  switch (unit) {
    case 'percent':
      return `${digits(value * 100)} %`;
    case 'seconds':
      return Math.abs(value) < 1 && value !== 0
        ? `${digits(value * 1_000)} ms`
        : `${digits(value)} s`;
    case 'none':
      return digits(value);
    default:
      return unit satisfies never;
  }
}

function digits(value: number): string {
  return String(Number(value.toPrecision(Math.abs(value) < 1 ? 2 : 3)));
}
