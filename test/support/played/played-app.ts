import { sha256 } from '#adapters/store/event-store.ts';
import { nextRun } from '#adapters/store/schedules.ts';
import { announce } from '#app/announce.ts';
import type { App } from '#app/app.ts';
import { createUseCases } from '#app/create-use-cases.ts';
import { showHomes } from '#app/home/show-homes.ts';
import { keepProof } from '#app/keep-proof.ts';
import { load } from '#app/load.ts';
import { goThroughNight, startNight } from '#app/nightly.ts';
import { performEffect } from '#app/perform-effect.ts';
import { givePictures } from '#app/pictures.ts';
import { startScheduledRun } from '#app/scheduled-runs.ts';
import type { RunbookDocument } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { ChatMessage } from '#ports/chat-messages.ts';
import type { Measurement, MeasurementRequest } from '#ports/checks.ts';
import type { NewJob } from '#ports/event-store.ts';
import type { Home } from '#ports/home.ts';
import type { Task } from '#ports/jobs.ts';
import { PortError } from '#ports/port-error.ts';
import type { BrokenFile, Runbooks } from '#ports/runbooks.ts';
import type { Schedule, Schedules } from '#ports/schedules.ts';
import type { SeriesOutcome } from '#ports/series.ts';
import { noCodeHost } from '#test/support/no-code-host.ts';
import { settings as defaultSettings } from '#test/support/runbooks.ts';

import { createMemoryStore } from './memory-store.ts';

/** `thread`: the message that it answers, by its place among all posts, from 1. */
export type Posted = { to: string; thread?: string; message: ChatMessage };

type Job = NewJob & { at: number; order: number };

/**
 * The use cases and background work over ports that are plain values: a memory store, a queue that a
 * test moves through virtual time, a chat that remembers. Nothing waits.
 */
export function playApp(given: {
  documents?: readonly RunbookDocument[];
  settings?: Partial<Settings>;
  broken?: readonly BrokenFile[];
  problems?: ReturnType<Runbooks['problems']>;
  members?: Readonly<Record<string, readonly string[]>>;
  /** What a read of the outside gives; default: a metric of 0. */
  measure?: (request: MeasurementRequest) => Measurement;
  /** The past of a metric; default: there is none. */
  series?: (window: { from: string; to: string }) => SeriesOutcome;
  /** In place of drawing a picture. */
  draw?: () => never;
  /** Places that are closed to us. */
  closed?: readonly string[];
}) {
  let now = Date.parse('2026-11-24T02:59:00.000Z');
  let order = 0;
  let documents = given.documents ?? [];
  const settings = { ...defaultSettings, ...given.settings };
  const queue = new Map<string, Job>();
  let { measure } = given;
  const posted: Posted[] = [];
  const kept: string[] = [];
  const channels: { name: string; private: boolean }[] = [];
  const uploads: string[] = [];
  const homes = new Map<string, Home>();
  const logged: string[] = [];

  function enqueue(job: NewJob, { keepRunAt = false } = {}): void {
    const waiting = queue.get(job.key);
    const at =
      keepRunAt && waiting ? waiting.at : Date.parse(job.runAt ?? new Date(now).toISOString());
    order += 1;
    queue.set(job.key, { ...job, at, order });
  }

  const store = createMemoryStore({ now: () => new Date(now), enqueue });
  const said = (_fields: unknown, message: string) => logged.push(message);
  const deploys = {
    list: unused,
    configuration: unused,
    startRollback: unused,
    findRollback: unused,
    readRollback: unused,
    readFreeze: unused,
    setFreeze: unused,
  };
  let ids = 0;
  const app: App = {
    store,
    jobs: { enqueue: async (job) => enqueue(job), start: unused, stop: unused },
    chat: {
      async createChannel({ name: wanted, private: isPrivate }) {
        const taken = channels.some(({ name }) => name === wanted);
        const name = taken ? `${wanted}-${channels.length + 1}` : wanted;
        channels.push({ name, private: isPrivate });
        return { id: `C-${name}`, name };
      },
      async post({ to, message }) {
        const place = 'person' in to ? to.person : to.channel;
        if (given.closed?.includes(place)) {
          throw new PortError('channel_not_found', 'no such place', { retry: false });
        }
        const thread = 'person' in to || to.thread === undefined ? {} : { thread: to.thread };
        posted.push({ to: place, ...thread, message });
        return { channel: place, ts: String(posted.length), complete: true };
      },
      find: async () => null,
      async update({ channel, message }) {
        posted.push({ to: channel, message });
        return { complete: true };
      },
      async upload({ title }) {
        uploads.push(title);
        return `F${uploads.length}`;
      },
      async showHome(person, home) {
        homes.set(person, home);
      },
      pin: async () => {},
      async setTopic(channel, topic) {
        kept.push(`topic of ${channel}: ${topic}`);
      },
      async download(source) {
        if (given.closed?.includes(source)) {
          throw new PortError('file_not_found', 'no such file', { retry: false });
        }
        return { type: 'image/png', bytes: new TextEncoder().encode(source) };
      },
      async bookmark(channel, { title, url }) {
        kept.push(`bookmark of ${channel}: ${title} ${url}`);
      },
      async archive(channel) {
        kept.push(`archived ${channel}`);
      },
      async invite(channel, people) {
        kept.push(`invited into ${channel}: ${people.join(' ')}`);
      },
    },
    checks: {
      measure: async (request) =>
        measure?.(request) ?? { kind: 'measured', result: { value: 0 }, summary: '0' },
    },
    series: {
      read: async (_request, window) =>
        given.series?.(window) ?? { kind: 'unavailable', message: 'no metrics here' },
    },
    pictures: {
      chart: async (chart) => given.draw?.() ?? Buffer.from(JSON.stringify(chart)),
    },
    selfCheck: {
      run: async () => [{ area: 'database', status: 'ok', text: 'answers' }],
    },
    deploys,
    code: noCodeHost,
    flags: { read: unused, set: unused },
    httpRequests: { send: unused },
    directory: {
      person: async (id) => ({ id, name: id, active: id !== 'guest', admin: id === 'admin' }),
      members: async (group) => given.members?.[group] ?? [],
      groupsOf: async () => [],
      unread: () => [],
    },
    tokens: { keep: unused, find: unused, revoke: unused },
    runbooks: {
      settings: () => settings,
      get: (id) => documents.find(({ runbook }) => runbook.id === id) ?? null,
      all: () => documents,
      problems: () => given.problems ?? [],
      broken: () => given.broken ?? [],
    },
    clock: { now: () => new Date(now), pause: unused, deadline: (ms) => AbortSignal.timeout(ms) },
    ids: {
      incident: () => `inc-${(ids += 1)}`,
      run: () => `run-${(ids += 1)}`,
      token: unused,
    },
    sha256,
    log: { info: said, warn: said, error: said },
  };
  const schedules: Schedules = {
    async keep(schedule: Schedule) {
      const runAt = nextRun(schedule, new Date(now));
      const { task, payload, name } = schedule;
      if (runAt === null) return;
      enqueue({ task, payload, key: `schedule:${name}`, runAt }, { keepRunAt: true });
    },
  };
  const tasks: Readonly<Record<string, Task>> = {
    effect: performEffect(app),
    channel: performEffect(app),
    announce: announce(app),
    picture: givePictures(app),
    home: showHomes(app),
    scheduled: startScheduledRun(app, schedules),
    nightly: startNight(app, schedules),
    night: goThroughNight(app),
    proof: keepProof(app),
  };

  return {
    app,
    schedules,
    useCases: createUseCases(app),
    posted,
    /** What was done to channels, in sentences. */
    kept,
    channels,
    uploads,
    homes,
    logged,
    at: () => new Date(now).toISOString(),
    use(changed: readonly RunbookDocument[]) {
      documents = changed;
    },
    measureWith(changed: (request: MeasurementRequest) => Measurement) {
      measure = changed;
    },
    /** As after a crash that took the queue with it. */
    forget: () => queue.clear(),
    stream: async (id: string) => (await load(app, id)).stream,

    /** Does all work that is due until then, in its order; time is then. */
    async until(iso: string): Promise<void> {
      const end = Date.parse(iso);
      for (;;) {
        const due = [...queue.values()].filter((job) => job.at <= end);
        const [next] = due.toSorted((one, other) => one.at - other.at || one.order - other.order);
        if (next === undefined) break;
        queue.delete(next.key);
        now = Math.max(now, next.at);
        await tasks[next.task]?.(next.payload, AbortSignal.timeout(10_000));
      }
      now = Math.max(now, end);
    },
  };
}

function unused(): never {
  throw new Error('not to be reached in this test');
}
