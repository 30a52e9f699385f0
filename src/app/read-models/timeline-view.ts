import type { Loaded } from '#app/load.ts';
import { isJsonArray, objectOf, textOf } from '#domain/json.ts';
import { type Entry, timelineEntries } from '#domain/timeline/entries.ts';

export type TimelineFilter = {
  /** None: all. */
  kinds: readonly string[];
  /** Id of who did it, or wrote what was noted. */
  person: string | null;
};

/** A page of an incident's timeline, and what it can be filtered by. */
export type TimelineView = {
  title: string;
  entries: readonly TimelineLine[];
  /** How many match; `page` counts from 0. */
  total: number;
  page: number;
  pages: number;
  filter: TimelineFilter;
  kinds: readonly { value: string; label: string }[];
  people: readonly { value: string; label: string }[];
};

export type TimelineLine = {
  seq: number;
  at: string;
  kind: string;
  who: string;
  text: string;
  permalink: string | null;
  files: readonly { name: string; url: string }[];
};

const perPage = 12;

/** By when things were, which may be before they were written down; a page beyond the last is the last. */
export function timelineView(
  { stream, events }: Loaded,
  filter: TimelineFilter,
  wanted: number,
): TimelineView {
  const all = timelineEntries(events);
  const matching = all
    .filter((entry) => matches(entry, filter))
    .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  const pages = Math.max(1, Math.ceil(matching.length / perPage));
  const page = Math.min(Math.max(0, wanted), pages - 1);
  return {
    title: stream.incident?.title ?? stream.id,
    entries: matching.slice(page * perPage, (page + 1) * perPage).map(lineOf),
    total: matching.length,
    page,
    pages,
    filter,
    kinds: [...new Set(all.map(({ kind }) => kind))]
      .toSorted()
      .map((kind) => ({ value: kind, label: wordsOf(kind) })),
    people: [...new Map(all.map((entry) => [personIn(entry).id, personIn(entry)])).values()].map(
      ({ id, name }) => ({ value: id, label: name }),
    ),
  };
}

function matches(entry: Entry, { kinds, person }: TimelineFilter): boolean {
  if (kinds.length > 0 && !kinds.includes(entry.kind)) return false;
  return person === null || personIn(entry).id === person;
}

/** What somebody said is theirs, whoever put it on the timeline. */
function personIn({ actor, evidence }: Entry): { id: string; name: string } {
  const author = objectOf(evidence?.['author']);
  const id = textOf(author['id']);
  return id === '' ? actor : { id, name: textOf(author['name'], id) };
}

function lineOf(entry: Entry): TimelineLine {
  const { seq, at, kind, text, evidence } = entry;
  const files = evidence?.['files'];
  return {
    seq,
    at,
    kind: wordsOf(kind),
    who: personIn(entry).name,
    text,
    permalink: textOf(evidence?.['permalink']) || null,
    files: isJsonArray(files)
      ? files.map((file) => {
          const { name, url } = objectOf(file);
          return { name: textOf(name), url: textOf(url) };
        })
      : [],
  };
}

/** `breakGlass` is `break glass`. */
function wordsOf(kind: string): string {
  return kind.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
