import { parseEvents, YAMLException } from 'js-yaml';

/** Where the quote or bracket stands that is still open at the end of a text; null if none is. */
export function openMark(text: string): number | null {
  try {
    // Deep enough for whatever is open to go on there.
    parseEvents(`${text}\n${' '.repeat(1_000)}`, {});
    return null;
  } catch (error) {
    const reason = error instanceof YAMLException ? error.reason : '';
    // Two apostrophes are one that is part of the text.
    if (reason.includes('single quoted')) return last(text, /'+/g, (run) => run.length % 2 === 1);
    if (reason.includes('double quoted')) return last(text, /\\.|"/gs, (mark) => mark === '"');
    return reason.includes('flow collection') ? openBracket(text) : null;
  }
}

function last(text: string, pattern: RegExp, isIt: (found: string) => boolean): number | null {
  return [...text.matchAll(pattern)].findLast(([found]) => isIt(found))?.index ?? null;
}

const QUOTED_OR_COMMENT = /(?<![^\s[{,:])(?:"(?:\\.|[^"\\\n])*"|'[^'\n]*'|#.*)|[[\]{}]/g;

/** Between the innermost one and the end there are only whole ones. */
function openBracket(text: string): number | null {
  let depth = 0;
  return last(text, QUOTED_OR_COMMENT, (mark) => {
    if (mark === ']' || mark === '}') depth += 1;
    if (mark === '[' || mark === '{') depth -= 1;
    return depth < 0;
  });
}
