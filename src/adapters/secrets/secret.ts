import { inspect } from 'node:util';

import type { Secret } from '#ports/secrets.ts';

const redacted = (): string => '[secret]';

/** Keeps the value in a closure: nothing that walks an object's properties finds it. */
export function createSecret(name: string, value: string): Secret {
  return Object.freeze({
    name,
    reveal: () => value,
    toString: redacted,
    toJSON: redacted,
    [Symbol.toPrimitive]: redacted,
    [inspect.custom]: redacted,
  });
}
