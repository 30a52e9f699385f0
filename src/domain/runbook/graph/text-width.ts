/** Widths in ems of wide sans-serif fonts, so that the text fits whichever font the reader has. */
const NARROW = 0.36;
const SMALL = 0.61;
const CAPITAL = 0.76;
const WIDE = 0.98;
const FULL = 1.1;

/** About how wide a text is at most, in pixels. */
export function textWidth(text: string, fontSize: number): number {
  let ems = 0;
  for (const character of text) ems += emsOf(character);
  return ems * fontSize;
}

function emsOf(character: string): number {
  if (/[ijlIft.,:;'!|()[\]/]/.test(character)) return NARROW;
  if (/[mwMW@%]/.test(character)) return WIDE;
  if (/[A-Z&<>=+]/.test(character)) return CAPITAL;
  // Chinese, Japanese, Korean and emoji take a square each.
  return (character.codePointAt(0) ?? 0) >= 0x1100 && !/[\u2010-\u203f]/u.test(character)
    ? FULL
    : SMALL;
}

/** Lines of at most `width` pixels, broken between words; a word that is too long is cut. */
export function wrapped(text: string, width: number, fontSize: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text
    .trim()
    .split(/\s+/)
    .flatMap((one) => cut(one, width, fontSize))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer, fontSize) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === '' ? lines : [...lines, line];
}

/** A word in pieces that fit, cut behind a sign such as `=` or `_` where there is one. */
function cut(word: string, width: number, fontSize: number): readonly string[] {
  const fits = (text: string) => textWidth(text, fontSize) <= width;
  if (fits(word)) return [word];
  const parts = word
    .split(/(?<=[=_./:-])/)
    .flatMap((part) => (fits(part) ? [part] : Array.from(part)));
  const pieces: string[] = [];
  for (const part of parts) {
    const last = pieces.at(-1);
    if (last === undefined || !fits(last + part)) pieces.push(part);
    else pieces[pieces.length - 1] = last + part;
  }
  return pieces;
}
