import { createChecks } from '#adapters/checks/checks.ts';
import { createMetricSeries } from '#adapters/checks/metric-series.ts';
import { checkKinds } from '#adapters/checks/registry.ts';
import { sha256 } from '#adapters/store/event-store.ts';
import { announce } from '#app/announce.ts';
import type { App } from '#app/app.ts';
import { createUseCases } from '#app/create-use-cases.ts';
import { showHomes } from '#app/home/show-homes.ts';
import { keepProof } from '#app/keep-proof.ts';
import { noteSetAside } from '#app/note-set-aside.ts';
import { performEffect } from '#app/perform-effect.ts';
import { givePictures } from '#app/pictures.ts';
import { recover } from '#app/recover.ts';
import type { UseCases } from '#app/use-cases.ts';
import { objectOf } from '#domain/json.ts';
import { PortError } from '#ports/port-error.ts';
import type { Machine } from '#test/simulation/engine/machine.ts';
import { noCodeHost } from '#test/support/no-code-host.ts';

import { allDocuments, settings } from './scenery.ts';
import { createSlackEntrance, type SlackEntrance } from './slack-entrance.ts';
import type { Surrounding } from './world.ts';

/** A process of the product, put together as `compose.ts` does, around the world's own ports. */
export type Replica = {
  machine: Machine;
  useCases: UseCases;
  entrance: SlackEntrance;
  /** Finishes what runs, and takes nothing new; then the process is gone. */
  stop(): Promise<void>;
};

/** What is loaded from the disk takes time that the simulated clock knows nothing of. */
await Promise.all([...checkKinds.values()].map((load) => load()));

const drainMs = 10_000;

export function startReplica(machine: Machine, around: Surrounding): Replica {
  const { database, slack, platform, metrics, directory, hooks, targets, log, ids } = around;
  const deploys = platform.deploysOf(machine);
  const people = directory.directoryOf(machine);
  const app: App = {
    store: database.storeOf(machine),
    jobs: { enqueue: database.enqueueOf(machine), start: absent, stop: absent },
    chat: slack.chatOf(machine),
    checks: createChecks({
      outbound: targets.outboundOf(machine),
      metrics: metrics.metricsOf(machine),
      deploys,
      code: noCodeHost,
      flags: { read: absent, set: absent },
      secrets: { resolve: never, scrub: (text) => text },
      clock: machine.clock,
      settings: () => settings,
      env: {},
      folders: [],
    }),
    series: createMetricSeries({
      metrics: metrics.metricsOf(machine),
      settings: () => settings,
      clock: machine.clock,
    }),
    pictures: { chart: undrawn },
    selfCheck: { run: absent },
    deploys,
    code: noCodeHost,
    flags: { read: absent, set: absent },
    httpRequests: hooks.requestsOf(machine),
    directory: people,
    tokens: { keep: absent, find: absent, revoke: absent },
    runbooks: {
      settings: () => settings,
      get: (id) => allDocuments.find(({ runbook }) => runbook.id === id) ?? null,
      all: () => allDocuments,
      problems: () => [],
      broken: () => [],
    },
    clock: machine.clock,
    ids,
    sha256,
    log,
  };
  const useCases = createUseCases(app);
  const effect = performEffect(app);
  const worker = database.queue.work(machine, {
    effect,
    channel: effect,
    announce: announce(app),
    picture: givePictures(app),
    home: showHomes(app),
    proof: keepProof(app),
    'set-aside': noteSetAside(app),
  });
  const entrance = createSlackEntrance({
    useCases,
    gateway: slack.gatewayOf(machine),
    directory: people,
    settings: () => settings,
    inbox: database.inboxOf(machine),
    keptRequests: {
      keep: (key, value) => app.store.setMark({ scope: 'kept', key, value }),
      find: async (key) => objectOf(await app.store.mark('kept', key)),
    },
    time: machine.time,
    log,
  });
  void start(app);

  return {
    machine,
    useCases,
    entrance,
    async stop() {
      await worker.stop(drainMs);
      machine.die();
    },
  };
}

/** A bot that can't read the database as it starts is started again. */
async function start(app: App): Promise<void> {
  try {
    await recover(app);
  } catch (error) {
    app.log.warn({ error }, 'could not recover');
    await app.clock.pause(1_000, new AbortController().signal);
    await start(app);
  }
}

function undrawn(): never {
  throw new PortError('pictures.failed', 'Nothing is drawn here.', { retry: false });
}

function absent(): Promise<never> {
  return Promise.reject(new Error('not part of the simulation'));
}

function never(): never {
  throw new Error('not part of the simulation');
}
