import { expect, it } from 'vitest';

import { announce } from '#app/announce.ts';
import { executeFor } from '#app/execute.ts';
import { load } from '#app/load.ts';
import { performEffect } from '#app/perform-effect.ts';
import type { JsonObject } from '#domain/json.ts';
import type { EventStore, StoredEvent } from '#ports/event-store.ts';
import { ana, openApp } from '#test/support/app.ts';
import { permitOf } from '#test/support/permit.ts';

const here = { channel: null, message: null };
const { signal } = new AbortController();
const leavesIt = { name: 'PortError', code: 'record.newer', retry: true };

it('an event of a newer version is left to that version: nothing is decided, done or drawn without it', async () => {
  await using given = await openApp();
  const { app, useCases } = given;
  const id = await declared(given);
  const later = { type: 'IncidentPaused', at: at(app), actor: person, texts: { note: 'to sleep' } };
  await append(app.store, id, later);

  await expect(addNote(app, id)).rejects.toMatchObject(leavesIt);
  await expect(announce(app)({ stream: id, lane: 'main' }, signal)).rejects.toMatchObject(leavesIt);
  await expect(
    performEffect(app)({ stream: id, effect: 'open-channel' }, signal),
  ).rejects.toMatchObject(leavesIt);
  await expect(addNote(app, id)).rejects.toThrow(`of ${id} was recorded by a newer version`);

  expect((await app.store.load(id)).at(-1)?.event).toEqual(later);
  expect((await load(app, id)).stream.incident).toMatchObject({ title: 'Checkout fails' });
  expect(await useCases.listIncidents({ by: ana, origin: here })).toMatchObject({ kind: 'done' });
});

it('the newer version goes on with what it recorded, and with what the older one had', async () => {
  await using given = await openApp();
  const { app } = given;
  const id = await declared(given);
  await append(app.store, id, { type: 'IncidentPaused', at: at(app), actor: person });
  const newer = { ...app, store: understanding(app.store, 'IncidentPaused') };

  expect(await addNote(newer, id)).toMatchObject({ kind: 'done' });

  const { events } = await load(newer, id);
  expect(events.map(({ event }) => event.type)).toEqual(
    expect.arrayContaining(['IncidentDeclared', 'Followed', 'NoteAdded']),
  );
});

it('work of a kind that only a newer version knows is left in the queue; what is not due is done', async () => {
  await using given = await openApp();
  const { app } = given;
  const id = await declared(given);
  const perform = (effect: string) => performEffect(app)({ stream: id, effect }, signal);

  await expect(perform('page-provider:1')).rejects.toMatchObject(leavesIt);
  await expect(perform('run-1/page:step:1')).rejects.toMatchObject(leavesIt);
  await expect(perform('run-1/measure:step:1:1:1')).resolves.toBeUndefined();
});

type Given = Awaited<ReturnType<typeof openApp>>;

const person = { kind: 'person', ...ana } as const;

function at({ clock }: Given['app']): string {
  return clock.now().toISOString();
}

async function declared({ useCases }: Given): Promise<string> {
  const values = { title: 'Checkout fails', severity: 'SEV1' };
  const reply = await useCases.declareIncident({ by: ana, origin: here, values });
  return reply.kind === 'done' ? (reply.incident ?? '') : '';
}

function addNote(app: Given['app'], id: string) {
  const note = { text: 'seen', happenedAt: at(app), source: null };
  return executeFor(app, permitOf(ana), id, () => [
    { type: 'AddNote', at: at(app), actor: person, ...note },
  ]);
}

async function append(store: EventStore, id: string, event: JsonObject): Promise<void> {
  const expected = (await store.load(id)).length;
  await store.append({ stream: id, expected, events: [event], jobs: [], marks: [] });
}

/** A store as a version reads it that knows such an event. */
function understanding(store: EventStore, type: string): EventStore {
  const read = (one: StoredEvent): StoredEvent =>
    one.event['type'] === type ? { ...one, event: { ...one.event, type: 'Followed' } } : one;
  return { ...store, load: async (id, after) => (await store.load(id, after)).map(read) };
}
