import { createEventStore, sha256 } from '#adapters/store/event-store.ts';
import { createJobs } from '#adapters/store/jobs.ts';
import { createTokens } from '#adapters/store/tokens.ts';
import { systemIds } from '#adapters/system/ids.ts';
import type { App } from '#app/app.ts';
import { createUseCases } from '#app/create-use-cases.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';

import { silent, withDatabase } from './database.ts';
import { noCodeHost } from './no-code-host.ts';
import { documentOf, settings as plainSettings } from './runbooks.ts';

export const ana = { id: 'U0ANA', name: 'ana' };
export const ben = { id: 'U0BEN', name: 'ben' };

function absent(): never {
  throw new Error('not part of this test');
}

/**
 * The use cases on a database of their own, with a clock that stands still, chat that is not there
 * and people who are all active. Nothing works on what becomes due: the test gives outcomes itself.
 */
export async function openApp(
  options: {
    runbooks?: readonly Runbook[];
    settings?: Partial<Settings>;
    groups?: Readonly<Record<string, readonly string[]>>;
  } = {},
) {
  const database = await withDatabase();
  const { db } = database.database;
  const documents = (options.runbooks ?? []).map(documentOf);
  const settings = { ...plainSettings, ...options.settings };
  const groups = options.groups ?? {};
  const clock = { at: new Date('2026-11-24T10:00:00.000Z') };
  const app: App = {
    store: createEventStore(db),
    jobs: createJobs({ database: database.database, log: silent }),
    chat: {
      createChannel: absent,
      find: absent,
      post: absent,
      update: absent,
      upload: absent,
      showHome: absent,
      pin: absent,
      setTopic: absent,
      download: absent,
      bookmark: absent,
      archive: absent,
      invite: absent,
    },
    checks: { measure: absent },
    series: { read: absent },
    pictures: { chart: absent },
    selfCheck: { run: absent },
    code: noCodeHost,
    flags: { read: absent, set: absent },
    httpRequests: { send: absent },
    deploys: {
      list: absent,
      configuration: absent,
      startRollback: absent,
      findRollback: absent,
      readRollback: absent,
      readFreeze: absent,
      setFreeze: absent,
    },
    directory: {
      person: async (id) => ({ id, name: id, active: true }),
      members: async (group) => groups[group] ?? [],
      groupsOf: async (id, among) => among.filter((group) => groups[group]?.includes(id) === true),
      unread: () => [],
    },
    tokens: createTokens(db),
    runbooks: {
      settings: () => settings,
      get: (id) => documents.find(({ runbook }) => runbook.id === id) ?? null,
      all: () => documents,
      problems: () => [],
      broken: () => [],
    },
    clock: { now: () => clock.at, pause: absent, deadline: absent },
    ids: systemIds,
    sha256,
    log: silent,
  };
  return {
    app,
    clock,
    db,
    useCases: createUseCases(app),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}
