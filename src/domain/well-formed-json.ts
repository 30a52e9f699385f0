/** Halves of a character: JSON can spell one alone, but no UTF-8, no hash and no database has it. */
const HALVES =
  /(?<!\\)((?:\\\\)*)(\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|\\u[dD][89a-fA-F][\da-fA-F]{2})/g;

/** The same JSON text, with U+FFFD where half a character was spelled. */
export function wellFormedJson(text: string): string {
  if (!/\\u[dD]/.test(text)) return text;
  return text.replaceAll(HALVES, (_all, before: string, spelled: string) =>
    spelled.length > 6 ? before + spelled : `${before}\uFFFD`,
  );
}

/** What a stranger's JSON says; undefined where it is none. */
export function parseForeign(text: string): unknown {
  try {
    return JSON.parse(wellFormedJson(text));
  } catch {
    return undefined;
  }
}
