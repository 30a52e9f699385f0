import { expect, it } from 'vitest';

import { load } from '#app/load.ts';
import type { EventStore } from '#ports/event-store.ts';
import { createMemoryStore } from '#test/support/played/memory-store.ts';

const common = { at: '2026-11-24T10:00:00.000Z', actor: { kind: 'bot', id: 'bot', name: 'Bot' } };
const declared = {
  ...common,
  type: 'IncidentDeclared',
  incident: 'inc-1',
  severity: 'SEV1',
  service: null,
  environment: null,
  drill: false,
  declared: true,
  startedAt: common.at,
  alert: null,
  texts: { title: 'Checkout is down' },
};
const noted = (note: string) => ({
  ...common,
  type: 'NoteAdded',
  happenedAt: common.at,
  source: null,
  texts: { note },
});
const redacted = { ...common, type: 'TextsRedacted', entry: 2, positions: [2] };

/** A store that tells how many events each load has read. */
function countingStore() {
  const read: number[] = [];
  const memory = createMemoryStore({ now: () => new Date(0), enqueue() {} });
  const store: EventStore = {
    ...memory,
    async load(stream, after) {
      const events = await memory.load(stream, after);
      read.push(events.length);
      return events;
    },
  };
  const append = (expected: number, ...events: object[]) =>
    memory.append({
      stream: 'inc-1',
      expected,
      jobs: [],
      marks: [],
      events: events.map((event) => JSON.parse(JSON.stringify(event))),
    });
  return { store, read, append };
}

it('reads what it has not read before, and answers with everything', async () => {
  const { store, read, append } = countingStore();
  await append(0, declared, noted('one'));
  await load({ store }, 'inc-1');
  await append(2, { ...common, type: 'SeverityChanged', from: 'SEV1', to: 'SEV2' });

  const loaded = await load({ store }, 'inc-1');

  expect(read).toEqual([2, 1]);
  expect(loaded.position).toBe(3);
  expect(loaded.events.map(({ position }) => position)).toEqual([1, 2, 3]);
  expect(loaded.stream.incident?.severity).toBe('SEV2');
  expect(await load({ store }, 'inc-1')).toEqual(loaded);
});

it('keeps nothing of a stream that a text was taken out of', async () => {
  const { store, append } = countingStore();
  await append(0, declared, noted('customer 4711'));
  await load({ store }, 'inc-1');
  await append(2, redacted);
  // Who reads between the event and the erasure still sees the text, and must not keep it.
  await load({ store }, 'inc-1');

  await store.redact('inc-1', 2);

  expect(JSON.stringify(await load({ store }, 'inc-1'))).not.toContain('4711');
});
