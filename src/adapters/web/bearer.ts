import { isEqual } from './signature.ts';

/**
 * Whether an Authorization header carries one of the tokens; two may be valid at once, while one
 * replaces the other. Takes the same time wherever a wrong token differs.
 */
export function bearsToken(header: string | undefined, tokens: readonly string[]): boolean {
  const given = /^Bearer (\S+)$/i.exec(header ?? '')?.[1];
  if (given === undefined) return false;
  const matches = tokens.map((token) => isEqual(Buffer.from(token), Buffer.from(given)));
  return matches.includes(true);
}
