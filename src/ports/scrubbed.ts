/** The same with every text in it scrubbed: nothing that is written for others has a secret in it. */
export function scrubbed<T>(value: T, scrub: (text: string) => string): T;
export function scrubbed(value: unknown, scrub: (text: string) => string): unknown {
  if (typeof value === 'string') return scrub(value);
  if (Array.isArray(value)) return value.map((item: unknown) => scrubbed(item, scrub));
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, unknown]) => [key, scrubbed(item, scrub)]),
  );
}

/** Bytes, dates and the like are none of our business. */
function isPlain(value: unknown): value is object {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}
