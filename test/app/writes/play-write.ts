import type { App } from '#app/app.ts';
import { executeFor } from '#app/execute.ts';
import { load } from '#app/load.ts';
import { performEffect } from '#app/perform-effect.ts';
import type { RunEvent } from '#domain/run/events.ts';
import type { RunMode } from '#domain/runbook/runbook.ts';
import type { ConnectionSettings, Settings } from '#domain/runbook/settings.ts';
import { dueEffects } from '#domain/stream/effects.ts';
import type { StreamEvent } from '#domain/stream/stream.ts';
import type { Deploys } from '#ports/deploys.ts';
import type { Flags } from '#ports/flags.ts';
import type { HttpRequests } from '#ports/http-requests.ts';
import { noCodeHost } from '#test/support/no-code-host.ts';
import { permitOf } from '#test/support/permit.ts';
import { createMemoryStore } from '#test/support/played/memory-store.ts';
import { documentOf, runbookOf, settings as plainSettings } from '#test/support/runbooks.ts';

/** What a write reaches. What a test leaves out is never to be called. */
export type Reached = { deploys?: Partial<Deploys>; flags?: Flags; httpRequests?: HttpRequests };

const ana = { kind: 'person', id: 'ana', name: 'ana' } as const;
const start = Date.parse('2026-11-24T10:00:00.000Z');
const stream = 'run-1';

/**
 * Plays a runbook of one write, on staging where nobody has to approve, through everything that the
 * app does with it: plan, fence, last look, sending, looking up. Time is a value.
 */
export async function playWrite(step: string, reached: Reached, mode: RunMode = 'live') {
  const game = openGame(step, reached, mode);
  await game.begin();
  await game.goOn();
  return game.told();
}

export function openGame(step: string, reached: Reached, mode: RunMode = 'live') {
  const runbook = runbookOf(step, 'inputs:\n  environment: {type: string, default: staging}');
  let now = start;
  const store = createMemoryStore({ now: () => new Date(now), enqueue() {} });
  const app: App = {
    ...unreached,
    store,
    deploys: { ...unreached.deploys, ...reached.deploys },
    flags: reached.flags ?? unreached.flags,
    httpRequests: reached.httpRequests ?? unreached.httpRequests,
    clock: {
      now: () => new Date(now),
      async pause(ms, signal) {
        signal.throwIfAborted();
        now += ms;
      },
      deadline: (ms) => AbortSignal.timeout(ms),
    },
  };
  const perform = performEffect(app);

  return {
    app,
    pass(ms: number) {
      now += ms;
    },

    begin: () =>
      executeFor(app, permitOf(ana), stream, () => [
        {
          type: 'StartRun',
          at: new Date(now).toISOString(),
          actor: ana,
          run: 'run-1',
          document: documentOf(runbook),
          called: {},
          inputs: {},
          mode,
          alert: null,
          waits: false,
        },
      ]),

    /** Performs what is due until nothing is, at most so many effects. */
    async goOn(most = 20) {
      for (let done = 0; done < most; done += 1) {
        const { stream: current } = await load(app, stream);
        const due = dueEffects(current).find(({ type }) => type === 'Plan' || type === 'Write');
        if (due === undefined) return;
        await perform({ stream, effect: due.id }, new AbortController().signal);
      }
    },

    async told() {
      const { events } = await load(app, stream);
      const all = events.map(({ event }) => event);
      return {
        plan: last(all, 'PlanComputed')?.plan,
        plans: all.filter(({ type }) => type === 'PlanComputed').length,
        sent: all.filter(({ type }) => type === 'WriteStarted').length,
        dropped: last(all, 'PlanDropped')?.reason,
        finished: last(all, 'StepFinished'),
        elapsedMs: now - start,
      };
    },
  };
}

function last<Type extends RunEvent['type']>(events: readonly StreamEvent[], type: Type) {
  return events.findLast(
    (event): event is Extract<RunEvent, { type: Type }> => event.type === type,
  );
}

const connection = (type: ConnectionSettings['type']): ConnectionSettings => ({
  type,
  url: 'http://127.0.0.1:1',
  drill: false,
  options: {},
});

const settings: Settings = {
  ...plainSettings,
  services: Object.fromEntries(
    Object.entries(plainSettings.services).map(([name, service]) => [
      name,
      { ...service, connections: { deploys: 'deploys', flags: 'flags', http: 'web' } },
    ]),
  ),
  connections: {
    deploys: connection('deploy-api'),
    flags: connection('unleash'),
    web: connection('http'),
  },
};

const never = () => Promise.reject(new Error('this was not to be reached'));

const unreached: App = {
  store: { load: never, append: never, redact: never, mark: never, setMark: never, streams: never },
  jobs: { enqueue: never, start: never, stop: never },
  chat: {
    createChannel: never,
    find: never,
    post: never,
    update: never,
    upload: never,
    showHome: never,
    pin: never,
    setTopic: never,
    download: never,
    bookmark: never,
    archive: never,
    invite: never,
  },
  series: { read: never },
  pictures: { chart: never },
  selfCheck: { run: never },
  checks: { measure: never },
  code: noCodeHost,
  deploys: {
    list: never,
    configuration: never,
    startRollback: never,
    findRollback: never,
    readRollback: never,
    readFreeze: never,
    setFreeze: never,
  },
  flags: { read: never, set: never },
  httpRequests: { send: never },
  directory: { person: never, members: never, groupsOf: never, unread: () => [] },
  tokens: { keep: never, find: never, revoke: never },
  runbooks: {
    settings: () => settings,
    get: () => null,
    all: () => [],
    problems: () => [],
    broken: () => [],
  },
  clock: { now: () => new Date(start), pause: never, deadline: (ms) => AbortSignal.timeout(ms) },
  ids: { incident: () => 'inc-1', run: () => 'run-1', token: () => 'hrt_1' },
  sha256: (text) => text,
  log: { info() {}, warn() {}, error() {} },
};
