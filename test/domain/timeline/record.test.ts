import { createHash } from 'node:crypto';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { JsonObject } from '#domain/json.ts';
import {
  beforeFirst,
  seal,
  unseal,
  verifyChain,
  type SealedEntry,
} from '#domain/timeline/record.ts';

describe('a sealed record', () => {
  it('holds no text, only its salted hash', () => {
    const record = sealed({ type: 'noted', texts: { note: 'call Ana' } });

    expect(record.body).toBe(
      `{"event":{"texts":{"note":"sha256:${sha256('salt1call Ana')}"},"type":"noted"},` +
        '"position":1,"recordedAt":"2026-11-24T00:00:00.000Z","stream":"inc-1"}',
    );
    expect(record.hash).toBe(sha256(`${'0'.repeat(64)}\n${record.body}`));
  });

  it('gives back what was sealed, whatever it was', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.dictionary(fc.string(), fc.option(fc.string({ unit: 'grapheme' }))),
        (facts, texts) => {
          const event = JSON.parse(JSON.stringify({ ...facts, texts }));
          expect(unsealed(sealed(event)).event).toEqual(event);
        },
      ),
    );
  });

  it('reads a redacted text as null and keeps the others', () => {
    const record = sealed({ texts: { note: 'secret', title: 'Checkout' } });
    const texts = record.texts.map((text) =>
      text.name === 'note' ? { name: 'note', salt: '', text: null } : text,
    );

    expect(unsealed({ ...record, texts }).event).toEqual({
      texts: { note: null, title: 'Checkout' },
    });
  });
});

describe('the chain', () => {
  it('is intact as it was recorded, and its head is the last hash', () => {
    const records = chain(3);

    expect(verify(records)).toEqual({
      intact: true,
      brokenAt: null,
      missing: [],
      head: records[2]?.hash,
      entries: 3,
    });
  });

  it('of nothing is intact', () => {
    expect(verify([])).toMatchObject({ intact: true, head: beforeFirst, entries: 0 });
  });

  it('stays intact when a text is erased with its salt, and an entry says so', () => {
    const [first, second] = chain(2);
    const redaction = { type: 'TextsRedacted', entry: 1, positions: [1] };
    const third = sealed(redaction, { position: 3, previous: second?.hash });

    expect(verify([...erased(first), ...(second ? [second] : []), third]).intact).toBe(true);
    expect(verify([...erased(first), ...erased(second), third])).toMatchObject({ brokenAt: 2 });
    expect(verify(erased(first))).toMatchObject({ intact: false, brokenAt: 1 });
  });

  it.each<[string, number, (records: SealedEntry[]) => (SealedEntry | undefined)[]]>([
    [
      'a fact changed',
      2,
      ([a, b, c]) => [a, b && { ...b, body: b.body.replace('"n":2', '"n":9') }, c],
    ],
    ['a text changed', 2, ([a, b, c]) => [a, b && withText(b, 'other'), c]],
    ['an entry is missing', 3, ([a, , c]) => [a, c]],
    ['the first entry is missing', 2, ([, b, c]) => [b, c]],
    ['two entries changed places', 3, ([a, b, c]) => [a, c, b]],
    ['a text is missing', 2, ([a, b, c]) => [a, b && { ...b, texts: [] }, c]],
    ['an entry is no JSON', 3, ([a, b, c]) => [a, b, c && { ...c, body: '{' }]],
  ])('is broken when %s, and says where', (_what, brokenAt, forge) => {
    const forged = forge(chain(3)).filter((record) => record !== undefined);

    expect(verify(forged)).toMatchObject({ intact: false, brokenAt });
  });

  it('misses a tail that was cut off, against a head that was kept elsewhere', () => {
    const records = chain(3);
    const head = records.at(-1)?.hash ?? '';

    expect(verifyChain('inc-1', records, { sha256, heads: [head] }).intact).toBe(true);
    expect(verifyChain('inc-1', records.slice(0, -1), { sha256, heads: [head] })).toMatchObject({
      intact: false,
      brokenAt: 3,
    });
  });

  it('takes the first digits of a head that were shown for it, and names those it does not have', () => {
    const records = chain(3);
    const shown = records.map(({ hash }) => hash.slice(0, 24));

    expect(verifyChain('inc-1', records, { sha256, heads: shown })).toMatchObject({ intact: true });
    const cut = verifyChain('inc-1', records.slice(0, 1), { sha256, heads: shown });
    expect(cut).toMatchObject({ intact: false, brokenAt: 2, missing: shown.slice(1) });
  });

  it('is broken by an entry of another stream, even with the right hash', () => {
    const [first] = chain(1);
    const foreign = sealed({ n: 2 }, { stream: 'inc-2', position: 2, previous: first?.hash });

    expect(verify(first ? [first, foreign] : [])).toMatchObject({ brokenAt: 2 });
  });
});

function chain(length: number): SealedEntry[] {
  const records: SealedEntry[] = [];
  for (let n = 1; n <= length; n += 1) {
    const event = { n, texts: { note: `note ${n}` } };
    records.push(sealed(event, { position: n, previous: records.at(-1)?.hash }));
  }
  return records;
}

function sealed(
  event: JsonObject,
  given: { stream?: string; position?: number; previous?: string | undefined } = {},
): SealedEntry {
  const { stream = 'inc-1', position = 1, previous = beforeFirst } = given;
  const recordedAt = '2026-11-24T00:00:00.000Z';
  let salts = 0;
  return seal(
    { stream, position, recordedAt, event },
    {
      previous,
      sha256,
      salt: () => `salt${(salts += 1)}`,
    },
  );
}

function unsealed(record: SealedEntry): ReturnType<typeof unseal> {
  return unseal(record.body, record.texts);
}

function verify(records: readonly SealedEntry[]): ReturnType<typeof verifyChain> {
  return verifyChain('inc-1', records, { sha256 });
}

function erased(record: SealedEntry | undefined): SealedEntry[] {
  if (record === undefined) return [];
  return [{ ...record, texts: record.texts.map(({ name }) => ({ name, salt: '', text: null })) }];
}

function withText(record: SealedEntry, text: string): SealedEntry {
  return { ...record, texts: record.texts.map((one) => ({ ...one, text })) };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
