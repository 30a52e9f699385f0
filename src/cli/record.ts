import { openDatabase } from '#adapters/store/database.ts';
import { embeddedDatabase } from '#adapters/store/embedded-database.ts';
import { createEventStore, sha256 } from '#adapters/store/event-store.ts';
import { loadHead, loadRecords } from '#adapters/store/records.ts';
import { type SealedEntry, type Verified, verifyChain } from '#domain/timeline/record.ts';
import { type RecordedEvent, recordedEvents } from '#domain/timeline/recorded-event.ts';
import type { EventStore } from '#ports/event-store.ts';

import { CliError } from './cli-error.ts';
import { configOrRefuse } from './config-or-refuse.ts';
import { tellProblem } from './output.ts';
import { whileWaiting } from './while-waiting.ts';

/** The record, to be read. Closing it stops an embedded server that was started for it. */
export type OpenRecord = AsyncDisposable & {
  store: EventStore;
  /** As they were hashed. An id that is not on record is a CliError. */
  entries(id: string): Promise<readonly SealedEntry[]>;
  events(id: string): Promise<readonly RecordedEvent[]>;
  /** Ids of incidents, newest first. */
  incidents(limit: number): Promise<readonly string[]>;
  verify(id: string, heads: readonly string[]): Promise<Verified>;
};

export function openRecord(which: { practice: boolean }): Promise<OpenRecord> {
  return whileWaiting('Opening the record …', () => open(which));
}

async function open({ practice }: { practice: boolean }): Promise<OpenRecord> {
  await using opened = new AsyncDisposableStack();
  const config = configOrRefuse({ slack: 'unused' });
  let url = config.databaseUrl;
  let ownerUrl: string | null = null;
  if (url === null || practice) {
    const embedded = await embeddedDatabase(config.folder, practice ? 'practice' : 'handrail');
    opened.defer(() => embedded.close());
    ({ url } = embedded);
    ownerUrl = embedded.ownerUrl;
  }
  const database = await openDatabase(url, ownerUrl === null ? {} : { ownerUrl });
  opened.defer(() => database.close());
  const store = createEventStore(database.db);
  const entries = async (id: string) => {
    const found = await loadRecords(database.db, id);
    if (found.length === 0) throw unknownIncident(id, { practice });
    return found;
  };

  const parts = opened.move();
  return {
    store,
    entries,
    async events(id) {
      const found = await entries(id);
      try {
        const known = recordedEvents(found);
        if (known.length < found.length) {
          tellProblem(
            `${found.length - known.length} of ${found.length} entries of ${id} were recorded by a newer version of Handrail, or changed: they are not shown. handrail verify tells which of the two.`,
          );
        }
        return known;
      } catch {
        throw new CliError(
          `The record of ${id} can't be read. handrail verify ${id} says where it was changed.`,
        );
      }
    },
    incidents: (limit) => store.streams({ prefix: 'inc-', limit }),
    async verify(id, heads) {
      // Asked for first: what is recorded meanwhile stands behind it.
      const stored = await loadHead(database.db, id);
      const all = stored === null ? heads : [stored, ...heads];
      return verifyChain(id, await entries(id), { sha256, heads: all });
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

function unknownIncident(id: string, { practice }: { practice: boolean }): CliError {
  const lists = practice ? 'handrail incidents --practice' : 'handrail incidents';
  return new CliError(`There is no incident ${JSON.stringify(id)} on record. ${lists} lists them.`);
}
