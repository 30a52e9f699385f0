const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const controls = /\p{Cc}+/gu;
/** U+2060: joins words and is not seen. */
const joiner = '\u2060';

/** The same text without what is not seen and turns or ends what stands behind it; lines and tabs stay. */
export function withoutControls(text: string): string {
  return text.replaceAll(/(?![\n\t])\p{Cc}/gu, '').replaceAll(directionMarks, '');
}

/** Mentions nobody and refers to no issue, which GitHub would tell, or close for a commit that says so. */
export function withoutReferences(text: string): string {
  return text.replaceAll(/(?<=[@#])(?=\w)|(?<=\bGH-)(?=\d)/giu, joiner);
}

/**
 * Makes text from outside safe to place in a line of Markdown: it stays one line and plain text.
 * No markup, no HTML, no link, and no mention of a person or an issue where the reader is GitHub.
 */
export function escapeMarkdown(text: string): string {
  const plain = text
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(controls, '')
    .replaceAll(directionMarks, '')
    .trim()
    .replaceAll(/[\\`*_{}[\]<>|~&]/gu, String.raw`\$&`)
    .replaceAll('://', String.raw`\://`)
    .replaceAll(/www\./giu, (found) => `${found.slice(0, 3)}\\.`)
    .replace(/^[#+-]/u, String.raw`\$&`)
    .replace(/^(\d+)([.)])(?=\s|$)/u, String.raw`$1\$2`);
  return withoutReferences(plain);
}

/** What a person has to fill in, so that nobody takes silence for a fact. */
export function blank(what: string): string {
  return `_to be filled in: ${what}_`;
}

export function bulletList(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

export function numberedList(lines: readonly string[]): string {
  return lines.map((line, index) => `${index + 1}. ${line}`).join('\n');
}
