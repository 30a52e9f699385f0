import { z } from 'zod';

import { canonicalJson } from '#domain/canonical-json.ts';
import type { Json } from '#domain/json.ts';

import { readRecord } from './incident-record.ts';
import { type SealedEntry, type Verified, verifyChain } from './record.ts';
import { recordedEvents } from './recorded-event.ts';
import { timelineJson, type TimelineJson } from './timeline-json.ts';

/** The timeline with the record that it was made of, by which it can be checked; see `.github/SECURITY.md`. */
export type TimelineExport = TimelineJson & {
  /** Of Handrail; another one may word the same record in another way. */
  version: string;
  record: { stream: string; entries: readonly SealedEntry[] };
};

const json = z.custom<Json>((value) => value !== undefined);

const Export = z.object({
  version: z.string(),
  incident: json,
  entries: z.array(json),
  record: z.object({
    stream: z.string(),
    entries: z.array(
      z.object({
        position: z.int(),
        body: z.string(),
        hash: z.string(),
        texts: z.array(
          z.object({ name: z.string(), salt: z.string(), text: z.string().nullable() }),
        ),
      }),
    ),
  }),
});

export function timelineExport(
  stream: string,
  entries: readonly SealedEntry[],
  version: string,
): TimelineExport {
  const read = readRecord(stream, recordedEvents(entries));
  return { ...timelineJson(read), version, record: { stream, entries } };
}

export type VerifiedExport = Verified & {
  stream: string;
  /** Whether the timeline says what its record says; null where another version had worded it. */
  worded: boolean | null;
};

/** Null for what is no export, or one without its record. */
export function verifyExport(
  exported: unknown,
  by: { sha256: (text: string) => string; version: string; heads?: readonly string[] },
): VerifiedExport | null {
  const { data } = Export.safeParse(exported);
  if (data === undefined) return null;
  const { stream, entries } = data.record;
  const verified = { ...verifyChain(stream, entries, by), stream };
  if (!verified.intact || data.version !== by.version) return { ...verified, worded: null };

  const told = timelineExport(stream, entries, by.version);
  const seqs = [...data.entries, null].map((entry, at) =>
    same(entry, told.entries[at] ?? null) ? [] : [told.entries[at]?.seq ?? entries.length],
  );
  const [brokenAt = null] = seqs.flat();
  const worded = brokenAt === null && same(data.incident, told.incident);
  return { ...verified, worded, intact: worded, brokenAt };
}

function same(one: Json, other: object | null): boolean {
  const plain: Json = JSON.parse(JSON.stringify(other));
  return canonicalJson(one) === canonicalJson(plain);
}
