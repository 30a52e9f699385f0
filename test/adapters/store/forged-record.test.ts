import type { Kysely } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { connectDatabase, type Database } from '#adapters/store/connection.ts';
import { createEventStore, sha256 } from '#adapters/store/event-store.ts';
import { loadHead, loadRecords } from '#adapters/store/records.ts';
import type { Tables } from '#adapters/store/tables.ts';
import { lanes } from '#app/execute.ts';
import { load, type Loaded } from '#app/load.ts';
import { desiredMessages } from '#app/read-models/desired.ts';
import type { JsonObject } from '#domain/json.ts';
import type { StreamEvent } from '#domain/stream/stream.ts';
import { type SealedEntry, verifyChain } from '#domain/timeline/record.ts';
import { timelineExport, verifyExport } from '#domain/timeline/timeline-export.ts';
import { checkoutIncident } from '#test/domain/timeline/checkout-record.ts';
import { clock, ana, declared } from '#test/domain/timeline/events.ts';
import { createRandom, type Random } from '#test/simulation/engine/random.ts';
import { type TestDatabase, withDatabase } from '#test/support/database.ts';
import { settings } from '#test/support/runbooks.ts';
import { verifyByTheBook } from '#test/support/verify-by-the-book.ts';

import { chained, consistentForgeries, plainForgeries } from './forgeries.ts';

/** As it stands in the messages that are posted of an incident, and are never edited. */
type Posted = { position: number; head: string };

const changes = 1_000;
const id = 'inc-20261122-forged';
const note = (time: string, text: string): StreamEvent => ({
  type: 'NoteAdded',
  at: clock(time),
  actor: ana,
  happenedAt: clock(time),
  source: null,
  texts: { note: text },
});
const incident: readonly StreamEvent[] = [
  declared('09:11:00', { incident: id }),
  ...checkoutIncident.slice(1, 10),
  note('09:11:30', 'card 4111 of Jane Doe is declined'),
  note('09:11:31', 'gateway A looks fine from here'),
  { type: 'TextsRedacted', at: clock('09:11:40'), actor: ana, entry: 11, positions: [11] },
  ...checkoutIncident.slice(10),
];

let given: TestDatabase;
let owner: Database;
let original: readonly SealedEntry[];
let posted: readonly Posted[];

beforeAll(async () => {
  given = await withDatabase();
  owner = connectDatabase(given.ownerUrl);
  const store = createEventStore(given.database.db);
  const events = incident.map((event): JsonObject => JSON.parse(JSON.stringify(event)));
  await store.append({ stream: id, expected: 0, events, jobs: [], marks: [] });
  await store.redact(id, 11);
  for (const table of ['events', 'event_texts', 'streams']) {
    await owner.pool.query(`alter table ${table} disable trigger all`);
  }
  original = await loadRecords(given.database.db, id);
  posted = postedOf(await load({ store }, id));
});
afterAll(async () => {
  await owner.close();
  await given[Symbol.asyncDispose]();
});

it('is intact as it was recorded, for our own check and for the one by the book', async () => {
  const file = exportOf(original);
  const heads = posted.map(({ head }) => head);

  expect(verifyChain(id, original, { sha256, heads })).toMatchObject({ intact: true });
  expect(verifyByTheBook(file, heads)).toEqual([]);
  expect(checked(file, heads)).toMatchObject({ intact: true, worded: true });
  expect(posted.map(({ position }) => incident[position - 1]?.type)).toEqual([
    ...Array<string>(4).fill('StepFinished'),
    'RoleAssigned',
    ...Array<string>(2).fill('StepFinished'),
    'IncidentResolved',
  ]);
});

it(`shows each of ${changes} changes that the owner of the tables makes`, async () => {
  const random = createRandom(5);
  const missed: string[] = [];
  const found: Record<string, number> = {};
  for (let change = 0; change < changes;) {
    const { kind, known, forged, heads } = forge(random);
    if (JSON.stringify(forged) === JSON.stringify(known)) continue;
    change += 1;
    const live = await storedAs(forged, heads.length > 0, async (db) => {
      const stored = [(await loadHead(db, id)) ?? ''];
      return verifyChain(id, await loadRecords(db, id), { sha256, heads: [...stored, ...heads] });
    });
    const file = exportOf(known, forged);
    const inFile = checked(file, heads);
    const byTheBook = verifyByTheBook(file, heads);
    if (live.intact || live.brokenAt === null) missed.push(`${kind}: verify of the record`);
    if (inFile?.intact !== false) missed.push(`${kind}: verify of the file`);
    if (byTheBook.length === 0) missed.push(`${kind}: by the book`);
    found[kind] = (found[kind] ?? 0) + 1;
  }

  process.stdout.write(
    `changes of the stored record: ${changes}, of ${Object.keys(found).length} kinds, against ${posted.length} posted heads, missed: ${missed.length}\n`,
  );
  expect(missed).toEqual([]);
}, 300_000);

it(`shows each of ${changes} changes of the words in an exported file`, () => {
  const random = createRandom(8);
  const told = JSON.parse(exportOf(original));
  const missed: string[] = [];
  for (let change = 0; change < changes;) {
    const entries = [...told.entries];
    const [at, other] = [random.whole(0, entries.length - 1), random.whole(0, entries.length - 1)];
    const field =
      random.pick(['at', 'recordedAt', 'actor', 'kind', 'text', 'evidence', 'hash']) ?? '';
    const kind = random.pick(['field', 'incident', 'drop', 'swap', 'double', 'cut']) ?? '';
    let { incident: head } = told;
    const value = entries[other][field];
    if (kind === 'field') entries[at] = { ...entries[at], [field]: value };
    if (kind === 'incident') head = { ...head, title: `${head.title}${other}` };
    if (kind === 'drop') entries.splice(at, 1);
    if (kind === 'swap') [entries[at], entries[other]] = [entries[other], entries[at]];
    if (kind === 'double') entries.splice(at, 0, entries[at]);
    if (kind === 'cut') entries.length = at;
    const file = JSON.stringify({ ...told, incident: head, entries });
    if (file === JSON.stringify(told)) continue;
    change += 1;
    if (checked(file, [])?.intact !== false) missed.push(`${kind} ${at} ${other} ${field}`);
  }

  process.stdout.write(`changes of the words of a file: ${changes}, missed: ${missed.length}\n`);
  expect(missed).toEqual([]);
});

function postedOf({ stream, events }: Loaded): Posted[] {
  const drawing = {
    stream,
    events,
    settings,
    now: clock('10:00:00'),
    runbooks: () => [],
    newer: () => null,
    asked: () => [],
    picture: () => null,
    members: () => [],
    button: ({ label }: { label: string }) => ({ control: '', label, style: null, confirm: null }),
  };
  const messages = lanes.flatMap((lane) => desiredMessages(drawing, lane, 'C1'));
  return messages
    .flatMap(({ once, message }) =>
      once && 'record' in message && message.record !== null ? [message.record] : [],
    )
    .map(({ position, hash }) => ({ position, head: hash.slice(0, 24) }))
    .toSorted((one, other) => one.position - other.position);
}

/**
 * Of the record as it was at any time of the incident, with the heads that had been posted by then. Where
 * only they tell, what is changed stands before the last of them.
 */
function forge(random: Random): {
  kind: string;
  known: readonly SealedEntry[];
  forged: SealedEntry[];
  heads: string[];
} {
  if (random.chance(0.6)) {
    const kind = random.pick(Object.keys(plainForgeries)) ?? '';
    const forged = plainForgeries[kind]?.(original, random) ?? [];
    return { kind, known: original, forged, heads: [] };
  }
  const kind = random.pick(Object.keys(consistentForgeries)) ?? '';
  const [first] = posted;
  const known = original.slice(0, random.whole(first?.position ?? 0, original.length));
  const before = posted.filter(({ position }) => position <= known.length);
  const end = before.at(-1)?.position ?? 0;
  const changed = consistentForgeries[kind]?.(known.slice(0, end), random) ?? [];
  const rest = kind.startsWith('the tail') ? [] : known.slice(end);
  return {
    kind: `${kind}, and the chain made anew`,
    known,
    forged: chained([...changed, ...rest]),
    heads: before.map(({ head }) => head),
  };
}

/** The tables with those rows, for as long as the look takes. */
async function storedAs<T>(
  entries: readonly SealedEntry[],
  headToo: boolean,
  look: (db: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  const transaction = await owner.db.startTransaction().execute();
  try {
    await transaction.deleteFrom('event_texts').where('stream', '=', id).execute();
    await transaction.deleteFrom('events').where('stream', '=', id).execute();
    const append_id = '00000000-0000-4000-8000-000000000000';
    const events = entries.map(({ position, body, hash }) => ({ position, body, hash }));
    await transaction
      .insertInto('events')
      .values(events.map((row) => ({ ...row, stream: id, recorded_at: '', append_id })))
      .execute();
    const texts = entries.flatMap(({ position, texts: ofEntry }) =>
      ofEntry.map(({ name, salt, text }) => ({
        stream: id,
        position,
        name,
        salt,
        text: text === null ? null : JSON.stringify(text),
      })),
    );
    await transaction.insertInto('event_texts').values(texts).execute();
    if (headToo) {
      const head = entries.at(-1)?.hash ?? '';
      await transaction.updateTable('streams').set({ head }).where('id', '=', id).execute();
    }
    return await look(transaction);
  } finally {
    await transaction.rollback().execute();
  }
}

/** The file of a record, in which somebody put another one. */
function exportOf(entries: readonly SealedEntry[], forged = entries): string {
  const file = timelineExport(id, entries, '1.0.0');
  return JSON.stringify({ ...file, record: { ...file.record, entries: forged } });
}

function checked(file: string, heads: readonly string[]) {
  return verifyExport(JSON.parse(file), { sha256, version: '1.0.0', heads });
}
