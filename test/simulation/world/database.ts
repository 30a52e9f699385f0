import type { Inbox, InboxEntry } from '#adapters/slack/inbox.ts';
import type { JsonObject } from '#domain/json.ts';
import type { AppendResult, Append, EventStore } from '#ports/event-store.ts';
import type { Line } from '#test/simulation/engine/line.ts';
import type { Machine } from '#test/simulation/engine/machine.ts';
import type { Random } from '#test/simulation/engine/random.ts';
import type { Schedule } from '#test/simulation/engine/schedule.ts';
import { createMemoryRecords, type MemoryRecords } from '#test/support/played/memory-store.ts';

import { createQueue, type Queue } from './queue.ts';

/** What is on disk, and outlives every process. */
export type Database = {
  records: MemoryRecords;
  queue: Queue;
  inbox: ReadonlyMap<string, InboxRow>;
  /** Not dealt with, and not given up. */
  isWanted(row: InboxRow): boolean;
  /** Appends as they were committed. */
  commits: readonly Commit[];
  storeOf(machine: Machine): EventStore;
  enqueueOf(machine: Machine): (job: Parameters<Queue['enqueue']>[0]) => Promise<void>;
  inboxOf(machine: Machine): Inbox;
};

export type Commit = { at: number; by: string; append: Append };

export type InboxRow = InboxEntry & {
  receivedAt: number;
  takenAt: number;
  tries: number;
  doneAt: number | null;
};

const abandonedAfterMs = 10_000;
const wantedForMs = 60 * 60_000;
const mostTries = 5;

export function createDatabase(deps: {
  schedule: Schedule;
  random: Random;
  epochMs: number;
  /** As the store's calls go, and as the queue's own do, which nothing disturbs but a crash. */
  line: Line;
  quietLine: Line;
  /** Told of a job that failed for a reason that is no port's. */
  surprise: (what: string) => void;
  busyMs: number;
  doubles: () => boolean;
}): Database {
  const { schedule, random, epochMs, line, quietLine, surprise, busyMs, doubles } = deps;
  const queue = createQueue({
    schedule,
    random,
    line: quietLine,
    surprise,
    busyMs,
    doubles,
    toMs: (iso) => Date.parse(iso) - epochMs,
  });
  const records = createMemoryRecords({
    now: () => new Date(epochMs + Math.floor(schedule.now())),
    enqueue: (job) => queue.enqueue(job),
  });
  const inbox = new Map<string, InboxRow>();
  const commits: Commit[] = [];

  function append(by: string, given: Append): AppendResult {
    const result = records.append(given);
    if (result.kind === 'appended') commits.push({ at: schedule.now(), by, append: given });
    return result;
  }

  function store(key: string, kind: string, body: JsonObject): 'new' | 'seen' {
    if (inbox.has(key)) return 'seen';
    const at = schedule.now();
    inbox.set(key, { key, kind, body, receivedAt: at, takenAt: at, tries: 0, doneAt: null });
    return 'new';
  }

  const isWanted = ({ doneAt, receivedAt, tries }: InboxRow) =>
    doneAt === null && receivedAt > schedule.now() - wantedForMs && tries < mostTries;

  function unfinished(): InboxRow[] {
    const now = schedule.now();
    const found = [...inbox.values()].filter(
      (row) => isWanted(row) && row.takenAt < now - abandonedAfterMs,
    );
    for (const row of found) {
      row.takenAt = now;
      row.tries += 1;
    }
    return found;
  }

  return {
    records,
    queue,
    inbox,
    isWanted,
    commits,

    storeOf(machine) {
      const call = <T>(what: string, serve: () => T) => machine.call(line, what, serve);
      return {
        load: (stream, after) => call('load', () => records.load(stream, after)),
        append: (given) => call('append', () => append(machine.name, given)),
        redact: (stream, position, words) =>
          call('redact', () => records.redact(stream, position, words)),
        mark: (scope, key) => call('mark', () => records.mark(scope, key)),
        setMark: (...marks) => call('setMark', () => records.setMark(...marks)),
        streams: (filter) => call('streams', () => records.streams(filter)),
      };
    },

    enqueueOf: (machine) => (job) => machine.call(line, 'enqueue', () => queue.enqueue(job)),

    inboxOf: (machine) => ({
      store: (key, kind, body) => machine.call(line, 'inbox', () => store(key, kind, body)),
      done: (key) =>
        machine.call(line, 'done', () => {
          const row = inbox.get(key);
          if (row !== undefined) row.doneAt = schedule.now();
        }),
      unfinished: () => machine.call(line, 'unfinished', unfinished),
    }),
  };
}
