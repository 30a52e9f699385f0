import { globSync, readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { sha256 } from '#adapters/store/event-store.ts';
import { StoredEvent } from '#domain/stream/stored-event.ts';
import { readRecord } from '#domain/timeline/incident-record.ts';
import type { SealedEntry } from '#domain/timeline/record.ts';
import { recordedEvents } from '#domain/timeline/recorded-event.ts';
import { verifyExport } from '#domain/timeline/timeline-export.ts';
import { timelineMarkdown } from '#domain/timeline/timeline-markdown.ts';

/**
 * What released versions have recorded, as `handrail timeline --format json` wrote it, in a folder for
 * each version; beside it how it reads, reviewed. A history is never changed.
 */
const files = globSync('test/fixtures/histories/*/*.json').toSorted();

type History = { record: { stream: string; entries: readonly SealedEntry[] } };

function read(file: string): History {
  const history: History = JSON.parse(readFileSync(file, 'utf8'));
  return history;
}

describe.each(files)('%s', (file) => {
  const { stream, entries } = read(file).record;

  it('is intact', () => {
    expect(verifyExport(read(file), { sha256, version: 'this' })).toMatchObject({
      intact: true,
      entries: entries.length,
    });
  });

  it('is understood to its last entry, and reads as was reviewed', () => {
    const events = recordedEvents(entries);

    expect(events).toHaveLength(entries.length);
    expect(timelineMarkdown(readRecord(stream, events))).toBe(
      readFileSync(file.replace(/json$/, 'md'), 'utf8'),
    );
  });
});

it('has every kind of event; one that is new comes with a history of an incident that has it', () => {
  const told = files.flatMap((file) => recordedEvents(read(file).record.entries));
  const there = new Set(told.map(({ event }) => event.type));
  const known = StoredEvent.options.map(({ shape }) => shape.type.value);

  expect(known.filter((type) => !there.has(type))).toEqual([]);
});
