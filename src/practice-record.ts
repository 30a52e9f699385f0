import { z } from 'zod';

import { openDatabase } from '#adapters/store/database.ts';
import { createEventStore } from '#adapters/store/event-store.ts';
import { load } from '#app/load.ts';
import { debriefOf, type Debrief } from '#domain/timeline/debrief/debrief.ts';
import { readRecord, type IncidentRecord } from '#domain/timeline/incident-record.ts';
import type { RecordedEvent } from '#domain/timeline/recorded-event.ts';
import type { Told } from '#practice/responders/told.ts';

import type { Practice } from './practice-mode.ts';

export type Practised = { record: IncidentRecord; events: readonly RecordedEvent[] };

const Faults = z.object({ brokenAt: z.iso.datetime().nullable() });

/** What this practice has recorded, read over a connection of its own. */
export async function openPracticeRecord({ databaseUrl }: Pick<Practice, 'databaseUrl'>) {
  const database = await openDatabase(databaseUrl);
  const store = createEventStore(database.db);

  return {
    /** The incidents as they are by now, newest first. */
    async incidents(): Promise<Practised[]> {
      const ids = await store.streams({ prefix: 'inc-', limit: 10 });
      return Promise.all(
        ids.map(async (id) => {
          const { events } = await load({ store }, id);
          return { events, record: readRecord(id, events) };
        }),
      );
    },
    [Symbol.asyncDispose]: () => database.close(),
  };
}

/** `told`: what people were told who were refused something. That is not on the record. */
export async function debriefFor(
  practice: Pick<Practice, 'shop'>,
  { record, events }: Practised,
  told: readonly Told[],
): Promise<Debrief> {
  const startedAt = record.incident?.startedAt ?? events[0]?.event.at ?? new Date().toISOString();
  const broken = await brokenAt(practice);
  const faultAt = broken !== null && broken < startedAt ? broken : startedAt;
  const more = told.map(({ at, person, text }) => ({
    at,
    who: person,
    what: 'Was refused',
    why: text,
  }));
  return debriefOf(events, { faultAt, more: more.filter(({ at }) => at >= faultAt) });
}

/** When something was broken in the shop last; null if nothing has been. */
export async function brokenAt(practice: Pick<Practice, 'shop'>): Promise<string | null> {
  return Faults.parse(await askShop(practice, '/faults')).brokenAt;
}

export async function askShop({ shop }: Pick<Practice, 'shop'>, path: string): Promise<unknown> {
  const response = await fetch(new URL(path, shop.controlUrl), {
    signal: AbortSignal.timeout(5_000),
  });
  return response.json();
}
