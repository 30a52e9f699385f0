export const MAX_BYTES = 128 * 1024;
/** Values and keys, those behind an alias counted each time. */
export const MAX_NODES = 5_000;
export const MAX_LINES = 30_000;
export const MAX_ALIASES = 20;
export const MAX_DEPTH = 64;
/** Of a key that is not introduced by a question mark; so says YAML. */
export const MAX_KEY = 1_024;
