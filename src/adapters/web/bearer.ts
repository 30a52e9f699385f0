import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Whether an Authorization header carries one of the tokens; two may be valid at once, while one
 * replaces the other. Takes the same time wherever a wrong token differs.
 */
export function bearsToken(header: string | undefined, tokens: readonly string[]): boolean {
  const given = /^Bearer (\S+)$/i.exec(header ?? '')?.[1];
  if (given === undefined) return false;
  const matches = tokens.map((token) => timingSafeEqual(digest(token), digest(given)));
  return matches.includes(true);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
