import { describe, expect, it } from 'vitest';

import type { Append, EventStore } from '#ports/event-store.ts';

/** What every event store keeps, whatever it is made of. `create` gives an empty one. */
export function testEventStore(create: () => EventStore): void {
  describe('an event store', () => {
    it('gives back events in order, with positions from 1 and different hashes', async () => {
      const store = create();
      await store.append(append('order', { events: [{ type: 'a' }, { type: 'b' }] }));
      await store.append(append('order', { expected: 2, events: [{ type: 'c' }] }));

      const events = await store.load('order');

      expect(events.map(({ position, event }) => [position, event['type']])).toEqual([
        [1, 'a'],
        [2, 'b'],
        [3, 'c'],
      ]);
      expect(new Set(events.map((event) => event.hash)).size).toBe(3);
      expect(events.every((event) => event.stream === 'order')).toBe(true);
    });

    it('gives back only what came after a position', async () => {
      const store = create();
      const texts = { note: 'third' };
      await store.append(append('after', { events: [{ n: 1 }, { n: 2 }, { n: 3, texts }] }));

      expect(
        (await store.load('after', 1)).map(({ position, event }) => [position, event]),
      ).toEqual([
        [2, { n: 2 }],
        [3, { n: 3, texts }],
      ]);
      expect(await store.load('after', 3)).toEqual([]);
    });

    it('answers an append with the position and hash of the last event', async () => {
      const store = create();

      const result = await store.append(append('head', { events: [{ n: 1 }, { n: 2 }] }));

      const last = (await store.load('head')).at(-1);
      expect(result).toEqual({ kind: 'appended', position: 2, head: last?.hash });
    });

    it('has no events in a stream that was never written', async () => {
      expect(await create().load('nothing')).toEqual([]);
    });

    it.each([
      ['older', 1],
      ['newer', 3],
      ['none', 0],
    ])('refuses an append on an expected position that is %s', async (_which, expected) => {
      const store = create();
      const stream = `stale-${expected}`;
      await store.append(append(stream, { events: [{ n: 1 }, { n: 2 }] }));

      const result = await store.append(append(stream, { expected, events: [{ n: 3 }] }));

      expect(result).toEqual({ kind: 'conflict' });
      expect(await store.load(stream)).toHaveLength(2);
    });

    it('lets exactly one of many simultaneous appends through', async () => {
      const store = create();
      await store.append(append('race', { events: [{ n: 0 }] }));

      const results = await Promise.all(
        Array.from({ length: 8 }, (_, n) =>
          store.append(append('race', { expected: 1, events: [{ n }] })),
        ),
      );

      const kinds = results.map((result) => result.kind).toSorted();
      expect(kinds).toEqual(['appended', ...Array.from({ length: 7 }, () => 'conflict')]);
      expect(await store.load('race')).toHaveLength(2);
    });

    it('keeps any text that JSON can hold', async () => {
      const store = create();
      const texts = { note: 'a\u0000b \ud83d\ude00 "quoted"\n', empty: '' };
      await store.append(append('text', { events: [{ texts, facts: { nul: '\u0000' } }] }));

      const [event] = await store.load('text');

      expect(event?.event).toEqual({ texts, facts: { nul: '\u0000' } });
    });

    it('changes nothing when a mark is known, and says what it was set to', async () => {
      const store = create();
      const mark = { scope: 'alert', key: 'known', value: { incident: 'inc-1' } };
      await store.append(append('first', { marks: [mark] }));

      const result = await store.append(
        append('second', { marks: [fresh('other'), { ...mark, value: 'inc-2' }] }),
      );

      expect(result).toEqual({ kind: 'duplicate', mark });
      expect(await store.load('second')).toEqual([]);
      expect(await store.mark('alert', 'other')).toBeNull();
      expect(await store.streams({ prefix: 'second', limit: 9 })).toEqual([]);
    });

    it('forgets the marks of an append that was refused', async () => {
      const store = create();
      await store.append(append('marked', {}));

      await store.append(append('marked', { expected: 7, marks: [fresh('refused')] }));

      expect(await store.mark('alert', 'refused')).toBeNull();
    });

    it('lets only one of two simultaneous appends set a mark', async () => {
      const store = create();
      const marks = [fresh('twice-a'), fresh('twice-b')];

      const results = await Promise.all([
        store.append(append('twice-1', { marks })),
        store.append(append('twice-2', { marks: marks.toReversed() })),
      ]);

      expect(results.map((result) => result.kind).toSorted()).toEqual(['appended', 'duplicate']);
    });

    it('replaces marks that are set outside of an append', async () => {
      const store = create();
      await store.setMark({ scope: 'head', key: 'posted', value: 1 });
      await store.setMark(
        { scope: 'head', key: 'seen', value: 'now' },
        { scope: 'head', key: 'posted', value: [2] },
      );
      await store.setMark();

      expect(await store.mark('head', 'posted')).toEqual([2]);
      expect(await store.mark('head', 'seen')).toBe('now');
    });

    it('lists streams by prefix and standing, newest first', async () => {
      const store = create();
      for (const stream of ['list%-1', 'list%-2', 'list%-3', 'listed-4']) {
        await store.append(append(stream, {}));
      }
      await store.append(append('list%-2', { expected: 1, open: false }));

      expect(await store.streams({ prefix: 'list%', limit: 9 })).toEqual([
        'list%-3',
        'list%-2',
        'list%-1',
      ]);
      expect(await store.streams({ prefix: 'list%', open: true, limit: 1 })).toEqual(['list%-3']);
      expect(await store.streams({ prefix: 'list%', open: false, limit: 9 })).toEqual(['list%-2']);
    });

    it('erases the texts of one entry, once, and keeps the others', async () => {
      const store = create();
      const events = [
        { n: 1, texts: { note: 'Jane Doe' } },
        { n: 2, texts: { note: 'kept' } },
      ];
      const redaction = { type: 'TextsRedacted', entry: 1, positions: [1] };
      await store.append(append('erased', { events: [...events, redaction] }));

      expect(await store.redact('erased', 1)).toBe(true);
      expect(await store.redact('erased', 1)).toBe(false);
      expect(await store.redact('erased', 9)).toBe(false);
      expect((await store.load('erased')).map(({ event }) => event)).toEqual([
        { n: 1, texts: { note: null } },
        { n: 2, texts: { note: 'kept' } },
        redaction,
      ]);
    });

    it('leaves a stream closed when a later append does not say otherwise', async () => {
      const store = create();
      await store.append(append('closed', { open: false }));
      await store.append(append('closed', { expected: 1 }));

      expect(await store.streams({ prefix: 'closed', open: true, limit: 9 })).toEqual([]);
    });
  });
}

function append(stream: string, given: Partial<Append>): Append {
  return { stream, expected: 0, events: [{ type: 'noted' }], jobs: [], marks: [], ...given };
}

function fresh(key: string): Append['marks'][number] {
  return { scope: 'alert', key, value: true };
}
