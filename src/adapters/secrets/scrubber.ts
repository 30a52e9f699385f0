import { type Place, type Spelling, placesOf, spellingOf } from './spelling.ts';

/**
 * Takes known secret values out of a text: as they are, each character also in whatever way something
 * may have escaped it, with white space in between, as when a line was wrapped; in hexadecimal; and as
 * part of base64, where the same value has three spellings, depending on what stands before it. Values
 * under six characters are left alone: they would be found everywhere.
 */
export function createScrubber(values: readonly string[]): (text: string) => string {
  const known = new Set(values.filter((value) => value.trim().length >= SHORTEST));
  const spellings = [...known].flatMap(spellingsOf);
  return (text) => {
    const places = spellings.flatMap((spelling) => placesOf(spelling, text));
    return places.length === 0 ? text : without(places, text);
  };
}

const SHORTEST = 6;

function spellingsOf(value: string): readonly Spelling[] {
  const hex = Buffer.from(value).toString('hex');
  const encoded = [0, 1, 2]
    .flatMap((offset) => base64At(value, offset))
    .filter((spelling) => spelling.length >= SHORTEST);
  return [...new Set([value, hex, hex.toUpperCase(), ...encoded])].map(spellingOf);
}

/** The characters of the base64 that depend on the value alone, with `offset` bytes before it. */
function base64At(value: string, offset: number): readonly string[] {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
  const first = Math.ceil((offset * 8) / 6);
  const last = Math.floor((bytes.length * 8) / 6);
  return (['base64', 'base64url'] as const).map((encoding) =>
    bytes.toString(encoding).slice(first, last),
  );
}

/** What overlaps is taken out as one. */
function without(places: readonly Place[], text: string): string {
  let kept = '';
  let last = 0;
  for (const { start, end } of places.toSorted((a, b) => a.start - b.start)) {
    if (start >= last) kept += `${text.slice(last, start)}[secret]`;
    last = Math.max(last, end);
  }
  return kept + text.slice(last);
}
