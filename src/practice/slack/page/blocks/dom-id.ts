/** An id for an element from ids of Slack, which may have any character in them. */
export function domId(...parts: readonly string[]): string {
  return parts
    .join('-')
    .replaceAll(/[^\w-]/gu, (character) => `_${character.codePointAt(0)?.toString(16) ?? ''}`);
}
